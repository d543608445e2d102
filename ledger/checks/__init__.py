"""The rules of `ledger check`: one function each, with its code, severity, manual and examples."""

from ledger.checks.registry import RULES, Rule
from ledger.checks.runner import Report, check_ledger, excluded

__all__ = ["RULES", "Report", "Rule", "check_ledger", "excluded"]
