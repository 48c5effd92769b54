"""The public list of corrections: read from `data/corrections`, checked, and laid out for the build."""
