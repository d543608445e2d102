"""The quickest answer: `ledger check` of a ledger that has not changed and has no defect, before anything else is imported.

Importing click alone takes longer than all that is done here. Whatever is not the plain case (other options, a defect, no cache,
any trouble) gives no answer here, and the program goes its usual way.
"""

from __future__ import annotations

import os
from collections.abc import Sequence


def answer(arguments: Sequence[str]) -> str | None:
    """What `ledger check` says where nothing changed since it said that all is well; None where that is not known."""
    folder, rest = (arguments[1], arguments[2:]) if arguments[:1] == ["-C"] and len(arguments) > 1 else (os.curdir, arguments)
    if list(rest) not in (["check"], ["check", "--strict"]) or not os.path.lexists(os.path.join(folder, "ledger.yaml")):
        return None
    from ledger.diagnostic import Trouble
    from ledger.kept import kept_report
    from ledger.render.diagnostics import closing

    try:
        report = kept_report(os.path.abspath(folder)).report
    except (OSError, Trouble, ValueError):
        return None
    if report is None or report.diagnostics or report.refused or not report.claims:
        return None
    return closing([], report, 0) + "\n"
