"""Units against each other and against what chance alone would do: funnels, standardised ratios, smoothing, ranks."""
