"""What formats that speak of one line of one file say: a defect, or what a branch did there. Most serious first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from ledger.conflicts import Conflict
from ledger.conflicts.claims_in_words import name_of, question_words, sentence
from ledger.conflicts.reasons import reason
from ledger.model import Claim, Diagnostic, Ledger, Vocabulary
from ledger.reading.contents import PROOFS_FOLDER
from ledger.render.check import language_lines
from ledger.review.changes import Change, Fields
from ledger.review.compare import Crowded, Opened, Review
from ledger.review.proofs import ProofChange
from ledger.rules.runner import languages_of
from ledger.texts.display import count_of, one_line, shorten
from ledger.texts.phrases import said_words

ERROR, WARNING, NOTICE = "error", "warning", "notice"
LEVELS = (ERROR, WARNING, NOTICE)
LONGEST = 300  # characters of a value in a remark
VERBS = ("opens", "closes", "alters"), ("notes", "drops", "alters")  # of contradictions, of tensions


class Remark(NamedTuple):
    """One remark at a place in the files: `code` is that of a rule, or says what a branch did (`claim-removed`); `subject` is the id
    of the claim, pair or entry, so that a remark can be told from another of its code."""

    level: str
    path: str
    line: int
    column: int
    code: str
    title: str
    message: str
    subject: str = ""


def of_diagnostics(diagnostics: Iterable[Diagnostic]) -> list[Remark]:
    """The defects, errors first."""
    found = [_of_diagnostic(diagnostic) for diagnostic in diagnostics]
    return sorted(found, key=lambda remark: LEVELS.index(remark.level))


def of_languages(lines: Iterable[str]) -> Iterator[Remark]:
    """What is said of languages without words, as notices."""
    for line in lines:
        yield Remark(NOTICE, "ledger.yaml", 1, 1, "languages", "languages", line, line)


def _of_diagnostic(found: Diagnostic) -> Remark:
    message = found.message + (f" ({found.help})" if found.help else "")
    title = f"{found.code} {found.name.replace('_', ' ')}"
    return Remark(found.severity, found.path, found.line, found.column, found.code, title, message, found.claim or "")


def value_words(value: Any) -> str:
    """A field's value in words: lists with commas, mappings as `key: value`, `(none)` where it is not given."""
    if value is None:
        return "(none)"
    if isinstance(value, dict):
        return ", ".join(f"{one_line(str(key))}: {value_words(text)}" for key, text in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(value_words(each) for each in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return one_line(str(value))


def fields_words(fields: Fields) -> str:
    """`value: russia -> ukraine; said: 2025-03-01 -> 2025-03-02`."""
    return "; ".join(
        f"{name}: {shorten(value_words(before), LONGEST)} -> {shorten(value_words(after), LONGEST)}"
        for name, (before, after) in fields.items()
    )


def of_review(review: Review) -> list[Remark]:
    """What a branch does, remark by remark: errors, warnings, notices; those of one level in the order of their importance."""
    return sorted(_Remarks(review).in_order(), key=lambda remark: LEVELS.index(remark.level))


def is_urgent(change: Change) -> bool:
    """Whether a claim is gone, or says something else than before, to readers of its quote or of its translation."""
    return change.kind == "removed" or (change.kind == "changed" and (change.of_meaning or is_retranslated(change)))


def is_retranslated(change: Change) -> bool:
    """Whether a quote stayed and its translation did not: what most readers of the ledger read is another text now."""
    return change.kind == "changed" and "translation" in change.fields and "quote" not in change.fields


def claim_words(claim: Claim, ledger: Ledger) -> str:
    """Who says what of which question, when: one line of a claim."""
    vocabulary = ledger.vocabulary
    return f"{sentence(claim, vocabulary)}; {name_of(claim, vocabulary)}, said {said_words(claim.said)}"


def seed_words(kind: str, quotes: int, standing: int) -> str:
    """What an edited, removed or new seed means for the claims that quote it."""
    claims = count_of(quotes, "claim quotes it", "claims quote it")
    if kind == "changed":
        return f"its bytes changed; {claims}, {standing} of them still word for word" if quotes else "its bytes changed; no claim quotes it"
    if kind == "removed":
        return f"it is gone; {claims}" if quotes else "it is gone"
    return claims if quotes else "no claim quotes it"


def proof_words(change: ProofChange) -> list[str]:
    """What became of a file of proofs, what is to be done about it, and which certificates are trusted no more and now: a line each."""
    from ledger.exchange.stamps import described

    what = f"{one_line(change.path)}: {change.kind}"
    now = change.after
    if change.path == PROOFS_FOLDER:
        what += "" if now is None else f"; it is {_KINDS[now.kind]} and no folder, and so nothing is proven"
    elif now is not None and now.kind != "file":
        what += f"; it is {_KINDS[now.kind]} now, and proves nothing"
    elif change.of_pins:
        what += f": {_PINS_SAY}"
    elif change.kind != "added":
        what += ": lists, requests and answers never change, and none is taken away: ask why, and keep the earlier one"
    digests = [
        f"sha256 {word} {file.sha256}"
        for word, file in (("before:", change.before), ("now:", change.after))
        if file is not None and file.sha256
    ]
    certificates = [f"trusted no more: {described(each)}" for each in change.distrusted]
    certificates += [f"trusted from now on: {described(each)}" for each in change.trusted]
    return [what, *certificates, *digests]


_KINDS = {"folder": "a folder", "link": "a link", "other": "a device, a pipe, a socket or a submodule", "file": "a file"}
_PINS_SAY = (
    "whose time stamps this ledger trusts; whoever can add a certificate here can prove anything: hold its sha256 against what the authority "
    "publishes itself"
)


def broken_words(claim: Claim) -> str:
    """What became of a quote that stood in its seed once."""
    return "stands there more than once now" if claim.found.ways else "does not stand there now"


class _Remarks:
    """The remarks on a review."""

    def __init__(self, review: Review) -> None:
        self.review = review
        self.paths = {file.path for file in review.after.files} | {refusal.path for refusal in review.after.refusals}
        self.touched = {change.id for change in review.changes if change.kind in ("added", "changed")}

    def in_order(self) -> Iterator[Remark]:
        """Everything, in the order in which the report has it."""
        review = self.review
        for number, unread in enumerate(review.unread):
            yield Remark(WARNING, "ledger.yaml", 1, 1, "not-compared", "not compared", unread, str(number))
        yield from (self._change(change) for change in review.changes if is_urgent(change))
        yield from self._seeds("changed", "removed")
        yield from self._proofs(True)
        yield from self._vocabulary()
        for claim in review.broken:
            place = claim.at.get("quote", (claim.line, claim.column))
            message = f"the quote of {one_line(claim.id or 'a claim without id')} stood in its seed before, and {broken_words(claim)}"
            yield Remark(WARNING, claim.path, *place, "quote-broken", "quote broken", message, claim.id)
        yield from self._contradictions()
        yield from (_of_diagnostic(found) for found in review.new)
        for found in review.fixed:
            message = f"mended: {found.code} {found.message}"
            yield Remark(NOTICE, *self._here(found.path), "defect-fixed", "defect fixed", message, f"{found.code} {found.claim or ''}")
        yield from (self._change(change) for change in review.changes if not is_urgent(change))
        yield from self._seeds("added")
        yield from self._proofs(False)
        yield from of_languages(language_lines(*languages_of(review.after)))
        for head in review.heads:
            message = f"the source {one_line(head.seed)} is {head.kind}: {fields_words(head.fields)}"
            yield Remark(NOTICE, *self._here(head.path), f"source-{head.kind}", f"source {head.kind}", message, head.seed)
        for note in review.notes:
            path, line, column = self._here(note.path)
            line = note.line if note.kind != "removed" else line
            message = f"{note.part} {note.kind}: {shorten(note.what, LONGEST)}: {fields_words(note.fields)}"
            yield Remark(NOTICE, path, line, column, f"note-{note.kind}", f"note {note.kind}", message, f"{note.part} {note.what}")

    def _here(self, path: str) -> tuple[str, int, int]:
        """The beginning of a file, where it is still there; else of ledger.yaml: a remark can only stand in a file that exists."""
        return (path if path in self.paths else "ledger.yaml"), 1, 1

    def _change(self, change: Change) -> Remark:
        if change.after is None:
            assert change.before is not None
            claim = change.before
            words = f"{claim_words(claim, self.review.before)}; it stood in {one_line(claim.path)}:{claim.line}"
            message = f"the claim {one_line(change.id)} is gone ({words})"
            return Remark(WARNING, *self._here(claim.path), "claim-removed", "claim removed", message, change.id)
        place = change.after.path, change.after.line, change.after.column
        if change.kind == "added":
            message = f"new claim {one_line(change.id)}: {claim_words(change.after, self.review.after)}"
            return Remark(NOTICE, *place, "claim-added", "claim added", message, change.id)
        message = f"{one_line(change.id)}: {fields_words(change.fields)}"
        if change.kind == "renamed":
            return Remark(NOTICE, *place, "claim-renamed", "claim renamed", message, change.id)
        if change.of_meaning:
            return Remark(WARNING, *place, "claim-changed", "claim changed in meaning", message, change.id)
        if is_retranslated(change):
            return Remark(WARNING, *place, "claim-retranslated", "quote translated otherwise", message, change.id)
        return Remark(NOTICE, *place, "claim-edited", "claim edited", message, change.id)

    def _seeds(self, *kinds: str) -> Iterator[Remark]:
        for seed in self.review.seeds:
            if seed.kind in kinds:
                message = f"the seed {one_line(seed.name)}: {seed_words(seed.kind, seed.quotes, seed.standing)}"
                last = seed.line if any(seed.after) else max(1, seed.line - 1)  # what was cut off stood behind the line above
                path, line = (f"seeds/{seed.name}", last) if seed.kind != "removed" else ("ledger.yaml", 1)
                level = NOTICE if seed.kind == "added" else WARNING
                yield Remark(level, path, line, 1, f"seed-{seed.kind}", f"seed {seed.kind}", message, seed.name)

    def _proofs(self, needs_a_look: bool) -> Iterator[Remark]:
        for change in self.review.proofs:
            if change.needs_a_look == needs_a_look:
                what = "pins" if change.of_pins else "proof"
                path = change.path if change.after is not None and change.after.kind == "file" else "ledger.yaml"
                level, title = WARNING if needs_a_look else NOTICE, f"{what} {change.kind}"
                yield Remark(level, path, 1, 1, f"{what}-{change.kind}", title, "; ".join(proof_words(change)), change.path)

    def _vocabulary(self) -> Iterator[Remark]:
        vocabulary = self.review.after.vocabulary
        parts: dict[str, Any] = {"properties": vocabulary.properties, "places": vocabulary.places, "claimants": vocabulary.claimants}
        for entry in self.review.entries:
            found = parts.get(entry.part, {}).get(entry.id)
            place: tuple[int, int] = found.at.get("", (1, 1)) if found is not None else (1, 1)
            level = NOTICE if entry.kind == "added" and entry.part != "properties" else WARNING
            message = f"{entry.part}, {one_line(entry.id)}: {fields_words(entry.fields)}"
            code, title = f"vocabulary-{entry.kind}", f"vocabulary {entry.kind}"
            yield Remark(level, "ledger.yaml", *place, code, title, message, f"{entry.part}/{entry.id}")
        effects = [effect_words(self.review.by_vocabulary)] if any(self.review.by_vocabulary) else []
        effects += [f"changes contradictions on {counted_words(crowded, vocabulary)}" for crowded in self.review.crowded_by_vocabulary]
        for number, words in enumerate(effects):
            message = f"by itself, ledger.yaml {words}"
            yield Remark(WARNING, "ledger.yaml", 1, 1, "vocabulary-effect", "effect of the vocabulary", message, str(number or ""))

    def _contradictions(self) -> Iterator[Remark]:
        found, noted = self.review.conflicts.parted()
        for conflict in found.opened:
            level = WARNING if conflict.strength == "certain" else NOTICE
            yield self._conflict(conflict, level, "opened", "opens a contradiction", self.review.after)
        for conflict in found.closed:
            yield self._conflict(conflict, NOTICE, "closed", "closes a contradiction", self.review.before)
        for earlier, later in found.altered:
            settled = ", taken back" if earlier.corrections else ", not taken back" if later.corrections else ""
            words = f"alters a contradiction that was {earlier.kind}, {earlier.strength}{settled},"
            yield self._conflict(later, NOTICE, "altered", words, self.review.after)
        for crowded in self.review.crowded:
            message = f"contradictions on {counted_words(crowded, self.review.after.vocabulary)}"
            subject = "/".join(part or "" for part in crowded.topic)
            yield Remark(NOTICE, "ledger.yaml", 1, 1, "contradictions-counted", "contradictions counted", message, subject)
        for conflict in noted.opened:
            yield self._tension(conflict, "noted", "notes a tension", self.review.after)
        for conflict in noted.closed:
            yield self._tension(conflict, "dropped", "drops a tension", self.review.before)
        for _, later in noted.altered:
            yield self._tension(later, "altered", "alters a tension", self.review.after)

    def _tension(self, conflict: Conflict, kind: str, words: str, ledger: Ledger) -> Remark:
        """A tension, said apart from contradictions."""
        return self._about(conflict, NOTICE, f"tension-{kind}", f"tension {kind}", words, ledger)

    def _conflict(self, conflict: Conflict, level: str, kind: str, words: str, ledger: Ledger) -> Remark:
        """A contradiction, with its kind and strength."""
        facts = f"{conflict.kind}, {conflict.strength}"
        return self._about(conflict, level, f"contradiction-{kind}", f"contradiction {kind}", f"{words} ({facts})", ledger)

    def _about(self, conflict: Conflict, level: str, code: str, title: str, words: str, ledger: Ledger) -> Remark:
        """What is said of a pair, at the claim that the branch touched; of one that is gone, at the file it stood in."""
        names = " and ".join(one_line(name) for name in conflict.ids)
        question = question_words(conflict.place, conflict.property, conflict.subject, ledger.vocabulary)
        message = f"{words} on {question}: {names}: {reason(conflict, ledger.vocabulary)}"
        claim = conflict.one if conflict.one.id in self.touched or conflict.other.id not in self.touched else conflict.other
        place = (claim.path, claim.line, claim.column) if ledger is self.review.after else self._here(claim.path)
        return Remark(level, *place, code, title, message, " ".join(conflict.ids))


def counted_words(crowded: Crowded, vocabulary: Vocabulary) -> str:
    """`Millbrook · who holds the place: 0 -> 40000 (certain: 0 -> 200), too many to compare one by one`."""
    question = question_words(*crowded.topic, vocabulary)
    counts = f"{crowded.before} -> {crowded.after} (certain: {crowded.certain_before} -> {crowded.certain_after})"
    return f"{question}: {counts}, too many to compare one by one"


def effect_words(found: Opened) -> str:
    """How many contradictions are opened, closed and altered, and how many tensions noted, dropped and altered."""
    words = []
    for what, (opened, closed, altered), verbs in zip(("contradiction", "tension"), found.parted(), VERBS, strict=True):
        counts = zip((len(opened), len(closed), len(altered)), verbs, strict=True)
        words += [f"{verb} {count_of(number, what)}" for number, verb in counts if number]
    return ", ".join(words)
