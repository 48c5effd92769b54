"""The public list of corrections as readers see it."""
