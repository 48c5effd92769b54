"""The build tower: turns files as received into the warehouse."""
