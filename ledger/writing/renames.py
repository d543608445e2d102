"""An id under another name, everywhere: where it is given, wherever it is referred to, and in the fingerprints of resolutions.

Files are changed in the order in which they are written: first the one that gives the id its new name. So what an end in the middle
leaves is told from everything else: an id that nothing bears, beside a new one that is borne. The same command goes on from there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from ledger.conflicts.resolutions import fingerprints
from ledger.model import CLAIMS, Claim, ClaimsFile, Ledger, Trouble, fields_of
from ledger.reading.contents import VOCABULARY_FILE
from ledger.reading.yaml_errors import Refused
from ledger.reading.yaml_spans import Part, spans_of
from ledger.texts.display import SLUG, one_line
from ledger.texts.suggestions import did_you_mean
from ledger.writing.edits import Edit
from ledger.writing.scalars import InQuotes, scalar
from ledger.writing.splices import set_value

KINDS = ("claim", "place", "claimant", "property", "value", "subject", "side")
_FIELDS = {"place": "place", "claimant": "claimant", "property": "property", "value": "value", "subject": "subject"}  # of a claim
_SECTIONS = {"place": "places", "claimant": "claimants", "property": "properties"}


class Rename(NamedTuple):
    """What is renamed: `kind` is one of KINDS, `of` the property of a value."""

    kind: str
    old: str
    new: str
    of: str = ""

    def means(self, claim: Claim) -> bool:
        """Whether a claim speaks of what is renamed, under its old or its new name."""
        return self.kind != "value" or claim.property == self.of

    def as_before(self, claim: Claim) -> Claim:
        """A claim as it was written with the old name."""
        field = _FIELDS.get(self.kind)
        if field is None or not self.means(claim) or getattr(claim, field) != self.new:
            return claim
        said: dict[str, Any] = {field: self.old}
        return claim._replace(**said)


def names_of(kind: str, ledger: Ledger, of: str = "") -> set[str]:
    """The ids of a kind that a ledger gives to something."""
    vocabulary = ledger.vocabulary
    if kind == "claim":
        return {claim.id for claim in ledger.claims()}
    if kind == "side":
        return {known.side for known in vocabulary.claimants.values() if known.side is not None}
    if kind == "value":
        return {value for known in vocabulary.properties.values() if of in ("", known.id) for value in known.values}
    if kind == "subject":
        return {subject for known in vocabulary.properties.values() for subject in known.subjects}
    return set({"place": vocabulary.places, "claimant": vocabulary.claimants, "property": vocabulary.properties}[kind])


def rename_asked_for(ledger: Ledger, old: str, new: str, kind: str | None, of: str | None) -> Rename:
    """What `old` is and may be called `new`; raises Trouble where that can't be told or can't be."""
    if ledger.refusals:
        paths = ", ".join(one_line(refusal.path) for refusal in ledger.refusals[:5])
        raise Trouble(f"{paths} can't be read, and may name it too: mend that first (see `ledger check`)")
    wanted = [kind] if kind is not None else list(KINDS)
    borne = [each for each in wanted if old in names_of(each, ledger)]
    begun = [] if borne else [each for each in wanted if new in names_of(each, ledger) and _is_named(ledger, each, old)]
    found = borne or begun
    if not found:
        known = sorted({name for each in wanted for name in names_of(each, ledger)})
        hint = did_you_mean(old, known)
        raise Trouble(f"no {' or '.join(wanted)} has the id {one_line(old)}" + (f": {hint}" if hint else ""))
    if len(found) > 1:
        raise Trouble(f"{one_line(old)} is a {' and a '.join(found)}: say which with `--kind`")
    kind = found[0]
    rename = Rename(kind, old, new, _property_of(ledger, old, new, of) if kind == "value" else "")
    if old == new:
        raise Trouble(f"{one_line(old)} is called so already")
    if SLUG.fullmatch(new) is None and kind not in ("value", "side"):
        raise Trouble(f"{one_line(new)} is no id: an id is of small letters a-z, digits and single hyphens between them")
    if not new.strip():
        raise Trouble("the new name is empty")
    if borne and new in names_of(kind, ledger, rename.of):
        raise Trouble(f"there is a {kind} {one_line(new)} already: two would be one")
    return rename


def _property_of(ledger: Ledger, old: str, new: str, of: str | None) -> str:
    """The property whose value is meant."""
    having = [
        known.id for known in ledger.vocabulary.properties.values() if old in known.values or (of == known.id and new in known.values)
    ]
    if of is not None and of not in having:
        raise Trouble(f"{one_line(of)} is no property with the value {one_line(old)}")
    if of is None and len(having) > 1:
        raise Trouble(f"several properties have the value {one_line(old)} ({', '.join(having)}): say which with `--of`")
    return of or next(iter(having), "")


def _is_named(ledger: Ledger, kind: str, name: str) -> bool:
    """Whether something is referred to that nothing bears: a rename that was ended in the middle."""
    return any(_names_in_file(file, Rename(kind, name, "")) for file in ledger.files)


def _names_in_file(file: ClaimsFile, rename: Rename) -> bool:
    """Whether a claims file names what is renamed."""
    old, field = rename.old, _FIELDS.get(rename.kind)
    if rename.kind == "claim":
        named = {
            name for claim in file.claims for name in (claim.id, *(other for field in fields_of(CLAIMS) for other in getattr(claim, field)))
        }
        return old in named or any(
            old in pair for pair in (*(note.claims for note in file.tensions), *(note.claims for note in file.resolutions))
        )
    if field is None:
        return False
    if any(getattr(claim, field) == old and (not rename.of or claim.property == rename.of) for claim in file.claims):
        return True
    return (rename.kind == "place" and old in file.about) or (rename.kind == "claimant" and any(old in claim.via for claim in file.claims))


def rename(edit: Edit, asked: Rename) -> None:
    """Put the new name wherever the old one stands; fingerprints that fitted fit again."""
    ledger = edit.ledger
    if asked.kind != "claim":
        _change(edit, VOCABULARY_FILE, lambda root: _in_vocabulary(root, asked), asked.new)
    files = [file for file in ledger.files if _names_in_file(file, asked)]
    files.sort(key=lambda file: not any(claim.id == asked.old for claim in file.claims) if asked.kind == "claim" else file.path)
    for file in files:
        _change(edit, file.path, lambda root: _in_claims(root, asked), asked.new)
    if asked.kind in _FIELDS:
        _put_fingerprints(edit, asked)


def renamed_text(text: str, asked: Rename, is_vocabulary: bool) -> str:
    """The text of one file with the new name wherever the old one stands; raises Refused."""
    spans = list((_in_vocabulary if is_vocabulary else _in_claims)(spans_of(text), asked))
    for part in sorted(spans, key=lambda part: part.start, reverse=True):
        text = text[: part.start] + scalar(asked.new, part.braced, text[part.start : part.end]) + text[part.end :]
    return text


def _change(edit: Edit, path: str, find: Callable[[Part], Iterator[Part]], new: str) -> None:
    text = edit.text(path)
    try:
        spans = list(find(spans_of(text)))
    except Refused as refused:
        raise Trouble(f"{one_line(path)} can't be read: {one_line(str(refused))}") from None
    for part in sorted(spans, key=lambda part: part.start, reverse=True):
        text = text[: part.start] + scalar(new, part.braced, text[part.start : part.end]) + text[part.end :]
    if spans:
        edit.change(path, text)


def _texts(part: Part | None) -> list[Part]:
    """The texts of a list, or the one that stands alone for it; of a map its keys."""
    if part is None:
        return []
    if part.kind == "map":
        return list(part.keys.values())
    return [part] if part.kind == "text" else [item for item in part.items if item.kind == "text"]


def _in_claims(root: Part, asked: Rename) -> Iterator[Part]:
    """Where a claims file names what is renamed."""
    claims = root.at("claims")
    for claim in claims.items if claims is not None else ():
        if asked.kind == "claim":
            places = [*_texts(claim.at("id")), *(each for field in fields_of(CLAIMS) for each in _texts(claim.at(field)))]
        elif asked.kind == "claimant":
            places = [*_texts(claim.at("claimant")), *_texts(claim.at("via"))]
        else:
            of = claim.at("property")
            its = asked.kind != "value" or (of is not None and of.text == asked.of)
            places = _texts(claim.at(_FIELDS[asked.kind])) if its else []
        yield from (part for part in places if part.text == asked.old)
    if asked.kind == "place":
        yield from (part for part in _texts(root.at("about")) if part.text == asked.old)
    for notes in ("tensions", "resolutions") if asked.kind == "claim" else ():
        listed = root.at(notes)
        for note in listed.items if listed is not None else ():
            yield from (part for part in _texts(note.at("claims")) if part.text == asked.old)


def _in_vocabulary(root: Part, asked: Rename) -> Iterator[Part]:
    """Where `ledger.yaml` names what is renamed."""
    yield from (part for part in _named_there(root, asked) if part.text == asked.old)


def _named_there(root: Part, asked: Rename) -> Iterator[Part]:
    section = root.at(_SECTIONS.get(asked.kind, ""))
    if section is not None:
        yield from section.keys.values()
    above = {"place": ("places", "within"), "claimant": ("claimants", "of"), "side": ("claimants", "side")}.get(asked.kind)
    if above is not None:
        entries = root.at(above[0])
        for entry in entries.fields.values() if entries is not None else ():
            yield from _texts(entry.at(above[1]))
    properties = root.at("properties")
    for name, known in properties.fields.items() if properties is not None else ():
        yield from _in_property(name, known, asked)


def _in_property(name: str, known: Part, asked: Rename) -> Iterator[Part]:
    if asked.kind == "property":
        yield from _texts(known.at("part-of"))
    elif asked.kind == "subject":
        yield from _texts(known.at("subjects"))
    elif asked.kind == "value" and name == asked.of:
        yield from _texts(known.at("values"))
        pairs = known.at("compatible")
        for pair in pairs.items if pairs is not None else ():
            yield from _texts(pair)
        for by_value in ("says", "denied", "implies"):
            part = known.at(by_value)
            if part is not None and part.kind == "map":
                yield from part.keys.values()
    for step in _steps(known.at("implies")):
        of = step.at("property")
        if asked.kind == "property":
            yield from _texts(of)
        elif asked.kind == "subject" or (asked.kind == "value" and of is not None and of.text == asked.of):
            yield from _texts(step.at(asked.kind))


def _steps(implies: Part | None) -> Iterator[Part]:
    """What a property implies, of whatever value."""
    if implies is None:
        return
    lists = list(implies.fields.values()) if implies.kind == "map" else [implies]
    for listed in lists:
        yield from (item for item in listed.items if item.kind == "map")


def _put_fingerprints(edit: Edit, asked: Rename) -> None:
    """Give resolutions that spoke of the two claims as they stood the fingerprint that these have now."""
    now = edit.compared().ledger
    before = now._replace(files=tuple(file._replace(claims=tuple(map(asked.as_before, file.claims))) for file in now.files))
    for file, then in zip(now.files, before.files, strict=True):
        pairs = zip(fingerprints(now, list(file.resolutions)), fingerprints(before, list(then.resolutions)), strict=True)
        for number, ((resolution, right), (_, was)) in enumerate(pairs):
            if right and resolution.fingerprint == was != right:
                edit.change(file.path, _with_fingerprint(edit.text(file.path), resolution.line, number, right))


def _with_fingerprint(text: str, line: int, number: int, right: str) -> str:
    listed = spans_of(text).at("resolutions")
    for place, item in enumerate(listed.items if listed is not None else ()):
        if text.count("\n", 0, item.start) + 1 == line:
            number = place
    return set_value(text, ("resolutions", number, "fingerprint"), InQuotes(right))
