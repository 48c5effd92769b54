"""Simulated civil servants: how many, where, in which position, and their roster files."""
