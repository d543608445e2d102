"""Files that can't be read as what they should be (Y)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from ledger.model import Finding
from ledger.rules.registry import ERROR, WARNING, check
from ledger.rules.views import FileView, LedgerView, VocabularyView
from ledger.texts.display import one_line


@check("Y101", ERROR, "ledger")
def not_utf8(view: LedgerView) -> Iterator[Finding]:
    """Files are UTF-8. Another encoding turns letters into others without a sign, and a quote into one that nobody wrote.

    Remedy: save the file as UTF-8 without a byte order mark.
    Bad:
        publisher: Bygdebladet p<E5> Bekkvik       # Latin-1: å is the byte E5
    Good:
        publisher: Bygdebladet p<C3 A5> Bekkvik    # UTF-8: å is the bytes C3 A5
    """
    return view.refusals("not_utf8")


@check("Y102", ERROR, "ledger")
def byte_order_mark(view: LedgerView) -> Iterator[Finding]:
    """A byte order mark is an invisible character before the first key; readers of YAML disagree about it.

    Remedy: save the file as UTF-8 without a byte order mark.
    Bad:
        <U+FEFF>seed: text.txt
        language: en
    Good:
        seed: text.txt
        language: en
    """
    return view.refusals("byte_order_mark")


@check("Y103", ERROR, "ledger")
def control_character(view: LedgerView) -> Iterator[Finding]:
    """Control characters, and the line ends that only YAML takes for such (U+0085, U+2028, U+2029, a lone carriage return).

    After one of them inside a comment, what follows is live for the program and a comment for the reviewer.
    Remedy: delete the character; where a text needs it, write it as an escape inside double quotes.
    Bad:
        seed: text.txt      # the text of Monday<U+2028>language: ro
        language: nb
    Good:
        seed: text.txt      # the text of Monday
        language: nb
    """
    return view.refusals("control_character")


@check("Y104", ERROR, "ledger")
def tab(view: LedgerView) -> Iterator[Finding]:
    """Tabs: readers of YAML disagree about where one may stand.

    Remedy: put spaces; inside double quotes write \\t.
    Bad:
        - id: bridge-open
        <U+0009>place: millbrook
    Good:
        - id: bridge-open
          place: millbrook
    """
    return view.refusals("tab")


@check("Y105", ERROR, "ledger")
def yaml_syntax(view: LedgerView) -> Iterator[Finding]:
    """The file is no YAML. Nothing in it is checked or compared until it can be read.

    The likeliest cause is a text with `: ` or ` #` in it, or one that begins with a sign that YAML uses.
    Remedy: put such a text in quotes.
    Bad:
        seed: text.txt
        title: Millbrook: the bridge is open
    Good:
        seed: text.txt
        title: "Millbrook: the bridge is open"
    """
    return view.refusals("yaml_syntax")


@check("Y106", ERROR, "ledger")
def duplicate_key(view: LedgerView) -> Iterator[Finding]:
    """One key stands twice in one mapping. Other readers take the last one silently; a reviewer may have read the first.

    Remedy: keep one of the two.
    Bad:
        - id: bridge-open
          value: open
          stance: denies
          value: closed
    Good:
        - id: bridge-open
          value: open
          stance: denies
    """
    return view.refusals("duplicate_key")


@check("Y107", ERROR, "ledger")
def alias(view: LedgerView) -> Iterator[Finding]:
    """Anchors, aliases and merge keys are not read: what a claim says stands in the claim.

    Remedy: write the value out; put a text that begins with `*` or `&` in quotes.
    Bad:
        - id: bridge-open
          place: &here millbrook
        - id: road-dry
          place: *here
    Good:
        - id: bridge-open
          place: millbrook
        - id: road-dry
          place: millbrook
    """
    return view.refusals("alias")


@check("Y108", ERROR, "ledger")
def tag(view: LedgerView) -> Iterator[Finding]:
    """Tags (`!!int`, `!python/...`) are not read: every value is the text as written.

    Remedy: delete it; put a text that begins with `!` in quotes.
    Bad:
        - id: people
          value: !!int 27000
    Good:
        - id: people
          value: 27000
    """
    return view.refusals("tag")


@check("Y109", ERROR, "ledger")
def several_documents(view: LedgerView) -> Iterator[Finding]:
    """One file is one document, without directives. What stands behind a second `---` is easily overlooked.

    Remedy: put the second document into a file of its own.
    Bad:
        seed: text.txt
        ---
        seed: other.txt
    Good:
        seed: text.txt       # and claims/other.yaml for the other text
    """
    return view.refusals("several_documents")


@check("Y110", ERROR, "ledger")
def empty_file(view: LedgerView) -> Iterator[Finding]:
    """A claims file that holds nothing, or only comments.

    Remedy: write the head and the claims into it, or delete it.
    Bad:
        # still to be read
    Good:
        seed: text.txt
        claims: []
    """
    return view.refusals("empty_file")


@check("Y111", ERROR, "ledger")
def bare_comparison(view: LedgerView) -> Iterator[Finding]:
    """A figure such as `>=43` without quotes: YAML takes the `>` for the beginning of a block of text.

    Remedy: put the figure in quotes: ">=43".
    Bad:
        - id: people
          value: >=43
    Good:
        - id: people
          value: ">=43"
    """
    return view.refusals("bare_comparison")


@check("Y112", ERROR, "ledger")
def too_large(view: LedgerView) -> Iterator[Finding]:
    """A file, a text or a nesting beyond what a ledger needs: 16 MiB a claims file, 20 levels, 20 000 characters a text.

    The limits keep a hostile file from taking all memory or time. Remedy: split the file.
    Bad:
        claims/all-reports.yaml       17 MiB
    Good:
        claims/report-of-march.yaml    9 MiB
        claims/report-of-april.yaml    8 MiB
    """
    return view.refusals("too_large")


@check("Y113", ERROR, "ledger")
def not_a_mapping(view: LedgerView) -> Iterator[Finding]:
    """A claims file is a mapping of fields (`seed: ...`, `claims: ...`), and every key is a word.

    Remedy: begin the file with `seed: ...`.
    Bad:
        - seed: text.txt
        - language: en
    Good:
        seed: text.txt
        language: en
    """
    return view.refusals("not_a_mapping")


@check("Y114", ERROR, "ledger")
def no_plain_file(view: LedgerView) -> Iterator[Finding]:
    """A link, folder, device or pipe where a claims file should be. Nothing outside the ledger's folder is read.

    Remedy: put the file itself into claims/.
    Bad:
        claims/text.yaml -> ../archive/text.yaml     a symbolic link
    Good:
        claims/text.yaml                             the file itself
    """
    return view.refusals("no_plain_file")


@check("Y115", ERROR, "file")
def misleading_character(view: FileView) -> Iterator[Finding]:
    """A bidi control or an invisible character: what a reviewer sees is not what the program reads.

    Remedy: delete it. Where a quote needs it, because the seed has it, write it as an escape inside double quotes.
    Bad:
        - id: bridge-open
          note: the bridge is <U+202E>desolc<U+202C>, says the ministry
    Good:
        - id: bridge-open
          note: the bridge is closed, says the ministry
    """
    starts = [claim.line for claim in view.file.claims]
    notes = min((view.file.at[key][0] for key in ("tensions", "resolutions", "passed-over") if key in view.file.at), default=None)
    for line, column, char in view.file.misleading:
        index = bisect_right(starts, line) - 1
        in_notes = notes is not None and line >= notes and (not starts or notes > starts[-1])
        claim = view.file.claims[index] if index >= 0 and not in_notes else None
        escape = f"\\u{ord(char):04x}" if ord(char) < 0x10000 else f"\\U{ord(char):08x}"
        remedy = f'delete it, or write it as "{escape}" inside double quotes'
        yield Finding(line, column, f"a misleading character, U+{ord(char):04X}, stands here", remedy, claim, excludes=not in_notes)


@check("Y116", WARNING, "ledger")
def ignored_file(view: LedgerView) -> Iterator[Finding]:
    """Something in claims/ or seeds/ that is not read: only files that end in `.yaml` are claims files.

    Remedy: rename it, or move it out of the folder.
    Bad:
        claims/text.yml
    Good:
        claims/text.yaml
    """
    for path, why in view.ledger.odd_files:
        yield Finding(1, 1, f"{one_line(path.rsplit('/', 1)[1])} is not read: {why}", "rename it, or move it elsewhere", path=path)


@check("Y117", ERROR, "ledger")
def combining_flood(view: LedgerView) -> Iterator[Finding]:
    """More than 64 combining marks (accents, vowel signs) behind one letter: they cover the lines around them on a screen, and
    composing them costs the square of their number.

    Remedy: delete them; no letter of any script bears more than a few.
    Bad:
        - id: bridge-open
          note: an e with 65 times <U+0301> behind it
    Good:
        - id: bridge-open
          note: an é
    """
    return view.refusals("combining_flood")


@check("Y118", ERROR, "file", "vocabulary", excludes=False)
def far_right(view: FileView | VocabularyView) -> Iterator[Finding]:
    """Text far out to the right, behind forty spaces or more (at the beginning of a line, eighty): a reviewer's window ends before it,
    and the program reads it all the same.

    Remedy: put it on a line of its own.
    Bad:
        - id: bridge-open
          note: nothing to see                                             and here the rest
    Good:
        - id: bridge-open
          note: nothing to see, and here the rest
    """
    return view.flaws("far_right")


@check("Y119", ERROR, "file", excludes=False)
def comment_cuts_text(view: FileView) -> Iterator[Finding]:
    """A quote, translation or note without quotation marks ends where ` #` begins a comment: what a reviewer takes for a part of the
    text is not in the ledger.

    Remedy: put the text in quotation marks; or the comment, if it is one, on a line of its own.
    Bad:
        - id: bridge-open
          translation: the bridge at lot #4 is open
    Good:
        - id: bridge-open
          translation: "the bridge at lot #4 is open"
    """
    return view.flaws("comment_cuts_text")


@check("Y120", ERROR, "ledger")
def not_checked_out(view: LedgerView) -> Iterator[Finding]:
    """Git has a claims file that this folder lacks, because a sparse checkout leaves it out: its claims are not checked, and what
    contradicts them is not told.

    Remedy: `git sparse-checkout add` its folder, or `git sparse-checkout disable`.
    Bad:
        git sparse-checkout set docs               claims/text.yaml is in git, and not here
    Good:
        git sparse-checkout set docs claims seeds  it is in both
    """
    return view.refusals("not_checked_out")


@check("Y121", WARNING, "ledger")
def never_added(view: LedgerView) -> Iterator[Finding]:
    """A file of the ledger that was never added to git, or that .gitignore keeps out: here nothing is missing, and a fresh clone has
    errors. It is said only where git keeps other files of the ledger.

    Remedy: `git add` it; where .gitignore keeps it out, `git add -f`.
    Bad:
        ?? seeds/text.txt   (as `git status` says of what it does not know)
    Good:
        A  seeds/text.txt
    """
    remedy = "`git add` it (`git add -f` where .gitignore keeps it out)"
    for path in view.ledger.never_added:
        yield Finding(1, 1, f"{one_line(path)} was never added to git: a fresh clone lacks it", remedy, path=path)
