"""The fact sheet of a place: what the public sees of it, put into the words of one page for printing."""
