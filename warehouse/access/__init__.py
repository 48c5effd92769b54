"""Who may see what: a role and places, read from the claims of a sign-in and applied at the connection."""
