"""What a figure alone does not show: a change in time beyond chance, and neighbours that resemble each other."""
