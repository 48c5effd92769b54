"""What is counted, over what, and how sure it is: definitions in, one tidy frame out."""
