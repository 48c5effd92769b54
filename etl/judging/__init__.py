"""Judges the lines of a roster: who is a person, what is refused, what is doubtful, what is kept."""
