"""Figures of comparisons: ratios with their intervals."""
