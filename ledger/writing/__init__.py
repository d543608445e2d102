"""Changing a ledger's files: text is changed in place, what comes out is read before anything is replaced, files are written whole."""
