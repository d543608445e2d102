"""The quick answers: `ledger --version`, `ledger --help`, and `ledger check` of a ledger without defects, before click is imported.

Importing click takes longer than any of them. Whatever is not the plain case (other options, a defect, any trouble) gives no answer
here, and the program goes its usual way; what was worked out for it already is kept for that.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

ABOUT = "The fact ledger: who said what about which place, when, in which words, and where that contradicts what somebody else said."

OPTIONS = {
    "--version": "Show the version and exit.",
    "-C DIR": "The ledger's folder; without it, the nearest one upwards from here.",
    "--no-pager": "On a terminal, write everything at once; the pager is LEDGER_PAGER, else PAGER, else less.",
    "--debug": "Show the traceback of a failure of the program itself.",
    "-h, --help": "Show this message and exit.",
}

# what it does, by name: each command is a module of its name, imported when it is called
COMMANDS = {
    "init": "Make a folder a ledger.",
    "check": "Every defect of the ledger, all at once.",
    "conflicts": "Where claims contradict each other, with both quotes.",
    "why": "The whole decision about one pair of claims.",
    "claims": "List claims, with filters.",
    "timeline": "Who changed their account, and who said what when, account by account on an axis.",
    "show": "One claim with its quote in its paragraph, who agrees, who contradicts.",
    "claimants": "Each claimant and side: claims, contradicted by whom, reversals, later agreed with.",
    "search": "Claims and sentences of seeds in which words stand.",
    "places": "What places there are, under which names, with how many claims.",
    "properties": "What can be claimed, with how many claims.",
    "seeds": "The sources, and how much of each was read.",
    "report": "One HTML page to read in a browser and to send on.",
    "export": "Hand on what the ledger knows: SQLite, CSV, XLSX, Parquet, annotations, GeoJSON.",
    "import": "Take in claims of a sheet, or highlights of annotation programs, found by their words.",
    "readings": "Claims made by machines (Parquet), read under a vocabulary, for `conflicts --from`.",
    "seal": "A list of digests of seeds, originals and claims, and a request for a time stamp of it.",
    "proofs": "What these lists and the time stamps of authorities prove, and what is wrong with them.",
    "review": "What a branch does to the ledger: claims, contradictions and defects, before and after.",
    "log": "One claim through git, field by field.",
    "seed": "Take in a text and its original (`seed add`); hold seeds against their originals (`seed verify`).",
    "quote": "Find words in the seeds, near misses too, and print the lines to paste.",
    "new": "Write a claim: of options, asked for step by step, or in your editor.",
    "pass": "Pass over a sentence that states nothing this ledger records.",
    "fix": "Mend what has one remedy, each shown.",
    "accept": "Let a warning of a claim stand, with the reason.",
    "resolve": "Keep what was worked out about a contradiction.",
    "rename": "Give an id another name, everywhere.",
    "selftest": "Try the checker itself on the little ledgers that ship with it.",
    "explain": "A rule of `check`: why, examples, remedy.",
    "lsp": "Serve an editor: defects while typing, completion, remedies.",
    "completion": "What makes bash, zsh or fish complete commands, options, ids and names.",
    "schema": "A JSON Schema of this ledger's files, for editors.",
}

EXIT_CODES = "Exit codes: 0 nothing wrong, 1 findings, 2 could not run (130, 141, 143: interrupted, its reader gone, terminated)."

WIDEST = 100

_PLAIN = frozenset(("--strict", "--no-cache"))


def answer(arguments: Sequence[str]) -> str | None:
    """What the program says to its arguments, exit code 0; None where that is not told here."""
    if len(arguments) == 1 and arguments[0] == "--version":
        from ledger import __version__

        return f"ledger, version {__version__}\n"
    if len(arguments) == 1 and arguments[0] in ("-h", "--help"):
        return help_text() + "\n"
    folder, rest = (arguments[1], arguments[2:]) if arguments[:1] == ["-C"] and len(arguments) > 1 else (os.curdir, arguments)
    if arguments[:2] == ["check", "-C"] and len(arguments) > 2:
        folder, rest = arguments[2], ["check", *arguments[3:]]
    if rest[:1] != ["check"] or not _PLAIN.issuperset(rest[1:]):
        return None
    if not folder or not os.path.lexists(os.path.join(folder, "ledger.yaml")):
        return None
    from ledger.commands.opening import Place, remember, report_on
    from ledger.model import Trouble
    from ledger.reading.trees import WorkTree
    from ledger.render.check import closing

    root, use_cache = os.path.realpath(folder), "--no-cache" not in rest
    try:
        report, contents = report_on(Place(root, WorkTree(root)), use_cache)
    except Trouble:
        return None  # told by the program, in its words
    if report.diagnostics or report.refused:
        remember(root, use_cache, report, contents)
        return None
    return closing([], report, 0) + "\n"


def help_text() -> str:
    """The page, as wide as the terminal is, 100 characters at most."""
    width = max(50, min(_columns(), WIDEST) - 2)
    lines = ["Usage: ledger [OPTIONS] COMMAND [ARGS]...", "", *_wrapped(ABOUT, width, "  ", "  ")]
    for heading, entries in (("Options", OPTIONS), ("Commands", COMMANDS)):
        lines += ["", f"{heading}:"]
        first = max(map(len, entries)) + 2
        for name, words in entries.items():
            lines += _wrapped(words, width, f"  {name:{first}}", " " * (first + 2))
    return "\n".join([*lines, "", *_wrapped(EXIT_CODES, width, "  ", "  ")])


def _columns() -> int:
    asked = os.environ.get("COLUMNS", "")
    if asked.isascii() and asked.isdigit() and 0 < len(asked) < 6 and int(asked):
        return int(asked)
    try:
        return os.get_terminal_size(1).columns or 80
    except (OSError, ValueError):
        return 80


def _wrapped(words: str, width: int, first: str, others: str) -> Iterator[str]:
    """A text in lines of so many characters."""
    line = first
    for word in words.split(" "):
        if len(line) + len(word) > width and line not in (first, others):
            yield line.rstrip()
            line = others
        line += word + " "
    yield line.rstrip()
