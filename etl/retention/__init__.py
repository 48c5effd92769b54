"""Which builds are kept and for how long, and the deletion of those whose time is over."""
