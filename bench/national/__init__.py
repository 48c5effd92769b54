"""One generated roster of a whole nation, and the same work on it by several hands."""
