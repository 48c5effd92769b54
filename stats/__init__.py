"""Mathematics on arrays: intervals, comparisons and the rule of small numbers; knows no other room."""
