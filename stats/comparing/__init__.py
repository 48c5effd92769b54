"""Two rates against each other, and many at once: ratio, difference, exact test, what could have been seen."""
