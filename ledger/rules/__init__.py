"""The rules of `ledger check`: one function each, with its code, severity, manual and examples."""

from ledger.rules.registry import RULES, Rule
from ledger.rules.runner import check_ledger, excluded

__all__ = ["RULES", "Rule", "check_ledger", "excluded"]
