"""Simulated cases: who, what, when, how they ended, and their register files."""
