"""The parts of a warehouse: what each is made of, and which an earlier build has made already."""
