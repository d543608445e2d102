"""What only capturing needs, and an installation may lack."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ledger.model import Trouble

INSTALL = 'pip install "fact-ledger[capture]"'


@contextmanager
def needs(package: str) -> Iterator[None]:
    """Import a package of the extra; raises Trouble, which says how to install it, where it is not here."""
    try:
        yield
    except ImportError:
        raise Trouble(f"this needs {package}, which is not installed: {INSTALL}") from None
