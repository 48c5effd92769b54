"""Figures that hold units against each other and against chance: funnel, caterpillar, spine."""
