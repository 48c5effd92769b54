"""Classes of units on maps and tiles: by value, or by how sure it is that a unit is apart."""
