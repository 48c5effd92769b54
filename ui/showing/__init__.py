"""How answers are shown: every chart form, every table, and where the boundaries lie."""
