"""The language server: what the commands answer, spoken to an editor about files that are being typed."""
