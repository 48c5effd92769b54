"""Builds the warehouse from the vault, checks it and swaps it in."""
