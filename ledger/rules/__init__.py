"""The rules of `ledger check`: one function each, with its code, severity and manual, which ends with a bad and a good example."""

from ledger.rules.registry import Rule
from ledger.rules.runner import RULES, check_ledger, excluded

__all__ = ["RULES", "Rule", "check_ledger", "excluded"]
