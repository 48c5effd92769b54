"""Mathematics on arrays: intervals and the rule of small numbers; knows no other room."""
