"""Packages that only some commands need, and an installation may lack: what says so, and how to install them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ledger.model.defects import Trouble


def installing(extra: str) -> str:
    """The command that installs an extra."""
    return f'pip install "fact-ledger[{extra}]"'


@contextmanager
def needs(package: str, extra: str) -> Iterator[None]:
    """Import a package of an extra; raises Trouble, which says how to install it, where it is not here."""
    try:
        yield
    except ImportError:
        raise Trouble(f"this needs {package}, which is not installed: {installing(extra)}") from None
