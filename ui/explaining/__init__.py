"""How a number came about: definition, formula, both sides of the division, interval, filters, build and the question asked."""
