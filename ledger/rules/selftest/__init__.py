"""The corpus that ships with the program: little ledgers with one defect each, and their good neighbours."""

from ledger.rules.selftest.corpus import Case, read_corpus
from ledger.rules.selftest.trials import Trial, try_case

__all__ = ["Case", "Trial", "read_corpus", "try_case"]
