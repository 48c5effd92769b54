"""Reads workbooks: looks into them first, then takes one sheet as columns of text."""
