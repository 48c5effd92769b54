"""Which days offices work: the national holidays of Indonesia as facts of the build."""
