"""Benchmarks: ratios measured side by side within one run, each with its budget."""
