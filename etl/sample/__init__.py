"""Simulated rosters and case registers, written as ordinary input files."""
