"""Persons along days, as many may be shown: curves whose steps stand for several persons, and days cut into groups.

    wait(name, rows, k) -> Wait                 a curve of waiting with the table below it
    verdict(groups) -> Verdict | None           do groups wait equally long?
    timeline(...) -> Timeline | None            persons by phase and by groups of days, proven against the attack
    points_after(...) -> days, marks | None     what of a curve may be told beside those that were told before
    told(count, k) -> int | None                a count rounded to a multiple of k; None for 1 to k-1

The build lays out what the public sees with them; a reader of the own scope is answered with the same functions, k = 1.
"""
