"""What an official sees of the own scope: figures without suppression, and the list of cases."""
