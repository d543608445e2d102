"""From files (a folder, a commit) to a Ledger; bad data becomes a flaw. Alone imports yaml, alone runs git."""
