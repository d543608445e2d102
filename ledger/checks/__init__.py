"""The rules of `ledger check`: one function each, with its code, severity, manual and examples."""

from ledger.checks.registry import RULES, Rule
from ledger.checks.runner import check_ledger, excluded

__all__ = ["RULES", "Rule", "check_ledger", "excluded"]
