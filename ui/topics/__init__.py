"""What single pages ask beyond one metric: published evidence, comparison, the profile of a government."""
