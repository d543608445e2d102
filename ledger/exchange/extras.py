"""Packages that only some exports need, and an installation may lack."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ledger.model import Trouble


@contextmanager
def needs(package: str, extra: str) -> Iterator[None]:
    """Import a package of an extra; raises Trouble, which says how to install it, where it is not here."""
    try:
        yield
    except ImportError:
        raise Trouble(f'this needs {package}, which is not installed: pip install "fact-ledger[{extra}]"') from None
