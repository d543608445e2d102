"""Whether a seed comes from its original: the original is read again, its text made again, and held against the seed."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from ledger.model import HAND, TEXT_RULES, ClaimsFile, Original, Trouble
from ledger.reading.contents import ORIGINALS_FOLDER
from ledger.reading.trees import NotPlain, NotThere, TooLarge, Tree
from ledger.rules.seeds import is_sha256
from ledger.texts.display import one_line, plain_name
from ledger.texts.seeds import MarkFlood, Seed
from ledger.writing.capture.sources import MOST_BYTES, Source, type_of
from ledger.writing.capture.texts import part_of, text_of

SAME_BYTES, SAME_WORDS, QUOTES_STAND, DIFFERS, UNTRIED = "same bytes", "same words", "all quotes stand", "differs", "could not be tried"
GOOD = frozenset((SAME_BYTES, SAME_WORDS, QUOTES_STAND))


class Verdict(NamedTuple):
    """What came out for one seed: one of the five answers, why (empty: nothing to add), and the claims whose quotes are lost."""

    answer: str
    why: str = ""
    lost: tuple[str, ...] = ()


def verify(file: ClaimsFile, tree: Tree) -> Verdict:
    """Hold a seed against the digest that was recorded of it, and against the original that its head names."""
    found = _against_the_original(file, tree)
    seed = file.seed
    changed = seed is not None and is_sha256(file.sha256) and seed.sha256 != file.sha256.lower()
    if seed is None or not changed or found.answer not in (QUOTES_STAND, UNTRIED):
        return found  # (line ends that a checkout rewrote are no other words)
    return Verdict(DIFFERS, f"seeds/{one_line(seed.name)} is not what was recorded: its sha256 is {seed.sha256}")


def _against_the_original(file: ClaimsFile, tree: Tree) -> Verdict:
    if file.seed is None:
        return Verdict(UNTRIED, file.seed_problem[1] if file.seed_problem else "the head names no seed")
    if file.text is None:
        return Verdict(UNTRIED, "the head does not say how the text was made (`text`)")
    wrong, source = None, None
    for number, original in enumerate(file.original):
        read = _read(original, tree, file.seed)
        if isinstance(read, Verdict):
            wrong = wrong or read
        elif number == 0:
            source = read
    if wrong is not None and wrong.answer == DIFFERS:
        return wrong
    if source is None:
        return wrong or Verdict(UNTRIED, "the head names no original")
    compared = _compared(file, file.seed, source)
    return wrong if wrong is not None and compared.answer != DIFFERS else compared


def _read(original: Original, tree: Tree, seed: Seed) -> Source | Verdict:
    """An original, as it was captured; or why it can't be had."""
    digest = original.sha256.lower()
    if original.file is None:
        if digest == seed.sha256:
            return _source(seed.data, original)
        return Verdict(UNTRIED, "the original is known by its digest alone")
    name = one_line(original.file)
    if not plain_name(original.file):
        return Verdict(UNTRIED, f"`{name}` is no name of a file in {ORIGINALS_FOLDER}/")
    try:
        data = tree.read(f"{ORIGINALS_FOLDER}/{original.file}", MOST_BYTES)
    except NotThere:
        return Verdict(UNTRIED, f"{ORIGINALS_FOLDER}/{name} is not here")
    except NotPlain as problem:
        return Verdict(UNTRIED, f"{ORIGINALS_FOLDER}/{name} is {problem}, not a plain file")
    except TooLarge:
        return Verdict(UNTRIED, f"{ORIGINALS_FOLDER}/{name} is larger than {MOST_BYTES // 1024 // 1024} MiB")
    found = hashlib.sha256(data).hexdigest()
    if found != digest:
        return Verdict(DIFFERS, f"{ORIGINALS_FOLDER}/{name} is not what was captured: its sha256 is {found}")
    return _source(data, original)


def _source(data: bytes, original: Original) -> Source:
    name = original.file or ""
    return Source(data, name, original.type or type_of(data, name), original.url or "", original.captured or "", original.record or "")


def _compared(file: ClaimsFile, seed: Seed, source: Source) -> Verdict:
    """The seed against the text that is made now."""
    assert file.text is not None
    by = file.text.by
    if by != HAND and by not in TEXT_RULES and by.partition(" ")[0] != "pypdf":
        return Verdict(UNTRIED, f"the text was made by {one_line(by)}, which is not at hand here")
    try:
        made = text_of(source, "" if by == HAND else by)
    except Trouble as problem:
        return Verdict(UNTRIED, str(problem))
    other = f", by {made.by}" if by not in (HAND, made.by) else ""
    try:
        text = part_of(made.text, file.text.first, file.text.last)
        new = Seed(seed.name, text.encode("utf-8"))
    except Trouble as problem:
        return Verdict(DIFFERS, f"{problem}{other}", _claims(file))
    except MarkFlood:
        return Verdict(UNTRIED, "the text that is made now can't be a seed")
    if new.data == seed.data:
        return Verdict(SAME_BYTES)
    if new.words == seed.words or (by == HAND and seed.words in new.words):
        return Verdict(SAME_WORDS, f"white space differs{other}" if by != HAND else "taken by hand")
    if seed.by_line:
        new = new.line_by_line()
    standing = [claim for claim in file.claims if claim.found.ways]
    lost = tuple(claim.id for claim in standing if not new.find(claim.quote, claim.before, claim.after).ways)
    if standing and not lost:
        return Verdict(QUOTES_STAND, f"other words differ{other}")
    return Verdict(DIFFERS, f"the text that is made now is another{other}", lost)


def _claims(file: ClaimsFile) -> tuple[str, ...]:
    return tuple(claim.id for claim in file.claims if claim.found.ways)
