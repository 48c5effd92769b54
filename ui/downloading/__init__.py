"""All public data of a build as one file: made once, kept while it is asked for."""
