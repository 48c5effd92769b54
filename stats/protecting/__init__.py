"""Protection of small counts in linked tables: what to withhold, and the attack that tries to undo it.

Statistical disclosure control as in Hundepool et al. 2012, Statistical Disclosure Control (Wiley), chapter 4; the bounds
an attacker reaches are those of Fischetti and Salazar 2001, Management Science 47:1008, in whole numbers.
"""
