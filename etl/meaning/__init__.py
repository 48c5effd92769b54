"""Gives text its meaning: numbers of persons, regions, dates, catalogues."""
