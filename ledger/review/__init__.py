"""Two states of a ledger, or one claim through git."""
