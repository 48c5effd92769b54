"""Figures of the follow-up clock: where persons stand, how long it takes, and the election clock."""
