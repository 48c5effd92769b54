"""Jobs of the command line in a process of their own: started, watched, stopped, and never trusted with a raw byte."""
