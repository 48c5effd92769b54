"""Lays out what the public sees of waiting and of the election clock: few curves, made from persons here and nowhere later."""
