"""The page of the data steward: bring a file in, see what was understood, publish or go back."""
