"""Reads a file as received into a table of text."""
