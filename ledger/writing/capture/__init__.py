"""From what was captured to a seed: the frozen rules that make a text, and what stores both in a ledger (DESIGN section 8)."""
