"""A fact ledger: who said what about which place, when, in which words."""

__version__ = "0.1.0"
