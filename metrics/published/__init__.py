"""What the public's figures are reckoned from: the protected table of counts, and nothing below it."""
