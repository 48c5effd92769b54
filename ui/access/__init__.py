"""Who looks: what a run of a page may see, and the sign-in that says so."""
