"""What a ledger knows in the forms that other programs read, and theirs taken in."""
