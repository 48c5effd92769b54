"""Makes the one table of counts that may be published: small ones withheld, and what would betray them."""
