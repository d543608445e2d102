"""The quick answers: `ledger --version`, `ledger --help`, and `ledger check` of a ledger without defects, before click is imported.

Importing click takes longer than any of them. Whatever is not the plain case (other options, a defect, any trouble) gives no answer
here, and the program goes its usual way; what was worked out for it already is kept for that.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

_PLAIN = frozenset(("--strict", "--no-cache"))


def answer(arguments: Sequence[str]) -> str | None:
    """What the program says to its arguments, exit code 0; None where that is not told here."""
    if len(arguments) == 1 and arguments[0] == "--version":
        from ledger import __version__

        return f"ledger, version {__version__}\n"
    if len(arguments) == 1 and arguments[0] in ("-h", "--help"):
        from ledger.commands.manual import help_text

        return help_text() + "\n"
    folder, rest = (arguments[1], arguments[2:]) if arguments[:1] == ["-C"] and len(arguments) > 1 else (os.curdir, arguments)
    if rest[:1] != ["check"] or not _PLAIN.issuperset(rest[1:]):
        return None
    if not folder or not os.path.lexists(os.path.join(folder, "ledger.yaml")):
        return None
    from ledger.cache.check import checked, remember
    from ledger.model import Trouble
    from ledger.render.check import closing

    root, use_cache = os.path.realpath(folder), "--no-cache" not in rest
    try:
        report, contents = checked(root, use_cache)
    except Trouble:
        return None  # told by the program, in its words
    if report.diagnostics or report.refused:
        remember(root, use_cache, report, contents)
        return None
    return closing([], report, 0) + "\n"
