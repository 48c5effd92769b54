"""The ZIP around an answer: a Frictionless Data Package with dictionary, sources, method and citation."""
