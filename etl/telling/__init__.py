"""Speaks to the operator: on a terminal, as events for a program, and in a log."""
