"""The ledger of published figures: beside each other and beside loaded data, their sums, their dates, their gaps."""
