"""Units compared with what would be expected of them: standardised ratios, funnels, smoothing, ranks, neighbours."""
