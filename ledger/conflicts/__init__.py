"""Contradictions between claims: when claims hold, when values exclude each other, and every pair that does (DESIGN section 4)."""

from ledger.conflicts.finder import Conflict, Findings, find_conflicts

__all__ = ["Conflict", "Findings", "find_conflicts"]
