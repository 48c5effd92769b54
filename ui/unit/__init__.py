"""One unit looked at closely: the parts of its profile, and two sides of it held against each other."""
