"""The outline of a claims file as a line of text that a cache keeps."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, overload

from ledger.cache.data import diagnostic_data, to_diagnostic
from ledger.cache.rereading import ClaimAgain, FileAgain, Reread
from ledger.model import CLAIM_FIELDS, CLAIMS, REASONS, Claim, ClaimsFile, Diagnostic, Resolution, Tension, fields_of
from ledger.rules.outlines import Outline, outline_of
from ledger.texts.quotes import Found
from ledger.texts.seeds import LateSeed, Seed

FOUND_ONCE = Found(((0, 1),), 1, False, True)

# What is kept of a claim beside its columns, and what is not kept, as if it were not written.
_NAMING = fields_of(CLAIMS)
_FURTHER = fields_of(CLAIMS, REASONS)
_ABSENT = {name: field.absent for name, field in CLAIM_FIELDS.items()}

_decoded = json.JSONDecoder().decode

_JSON = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"), check_circular=False)


def outline_text(file: ClaimsFile, diagnostics: Iterable[Diagnostic]) -> str:
    """What is kept of a claims file in which the rules find no error, on one line: what is asked of every file, then column by column
    what its claims need, with tabs between. Empty where a name can't be told from two in a column."""
    claims = file.claims
    whole = outline_of(file)
    head = [
        file.seed_name,
        file.language,
        whole.text,
        sorted(whole.relays),
        [[number, kept] for number, claim in enumerate(claims) if (kept := {name: said for name in _FURTHER if (said := getattr(claim, name))})],
        [list(tension) for tension in file.tensions],
        [list(resolution) for resolution in file.resolutions],
        [diagnostic_data(diagnostic) for diagnostic in diagnostics],
    ]  # fmt: skip
    columns = (
        whole.ids,
        [claim.place for claim in claims],
        [claim.property for claim in claims],
        [claim.claimant for claim in claims],
        [str(claim.line) for claim in claims],
        [str(claim.column) for claim in claims],
    )
    texts = [" ".join(column) for column in columns]
    if any(text.count(" ") != max(0, len(claims) - 1) or "\t" in text or "\n" in text for text in texts):
        return ""
    return "\t".join((_JSON.encode(head), *texts))


def outline(path: str, text: str, reread: Reread, read_seed: Callable[[], bytes]) -> tuple[ClaimsFile, list[Diagnostic]]:
    """The file in outline that a text says, and what was found in it; raises ValueError, TypeError or IndexError for what is none."""
    head, *texts = text.split("\t")
    seed_name, language, words, relays, more, tensions, resolutions, found = _decoded(head)
    further = {
        int(number): {name: tuple(map(str, kept[name])) if name in _NAMING else dict(kept[name]) for name in _FURTHER if name in kept}
        for number, kept in more
    }
    ids, places, properties, claimants = columns = [text.split(" ") if text else [] for text in texts[:4]]
    numbered = all(text.count(" ") + bool(text) == len(ids) and (not text or text.replace(" ", "").isdecimal()) for text in texts[4:])
    if len(texts) != 6 or not numbered or not len(ids) == len(places) == len(properties) == len(claimants):
        raise ValueError("no six columns of one length")
    whole = Outline(
        ids,
        len(ids),
        frozenset(places),
        frozenset(claimants),
        frozenset(map(str, relays)),
        frozenset(properties),
        [number for number, kept in further.items() if not kept.keys().isdisjoint(_NAMING)],
        [number for number, kept in further.items() if "accept" in kept],
        str(words),
    )
    file_at = FileAgain(path, reread)
    seed: Seed = LateSeed(str(seed_name), read_seed)
    noted = tuple(Tension(tuple(names), *rest) for names, *rest in tensions)
    resolved = tuple(Resolution(tuple(names), *rest) for names, *rest in resolutions)
    claims = LateClaims(whole, columns, texts[4:], further, file_at)
    file = ClaimsFile(
        path, seed.name, "", str(language), "", None, {}, file_at, (), (), claims, noted, (), seed, None, resolutions=resolved
    )
    return file, [to_diagnostic(row)._replace(path=path) for row in found]


def findings_in(path: str, text: str) -> list[Diagnostic]:
    """What was found in the file of which a text is the outline; raises ValueError, TypeError or IndexError for what is none."""
    return [to_diagnostic(row)._replace(path=path) for row in _decoded(text.partition("\t")[0])[6]]


class LateClaims(Sequence[Claim]):
    """The claims of a file in outline, each made when it is asked for."""

    def __init__(
        self, outline: Outline, columns: list[list[str]], positions: list[str], further: Mapping[int, dict[str, Any]], file_at: FileAgain
    ) -> None:
        """`columns` are what the claims say, `positions` where they stand: lines and columns, as texts."""
        self.outline = outline
        self._columns = columns
        self._texts = positions
        self._further = further
        self._file_at = file_at

    @cached_property
    def _positions(self) -> list[tuple[int, int]]:
        lines, columns = (list(map(int, text.split(" "))) for text in self._texts)
        return list(zip(lines, columns, strict=True))

    def _claim(self, number: int) -> Claim:
        id, place, property, claimant = (texts[number] for texts in self._columns)
        line, column = self._positions[number]
        said = _ABSENT | {"id": id, "place": place, "property": property, "claimant": claimant} | self._further.get(number, {})
        at = ClaimAgain(self._file_at, line)
        return Claim._make((*said.values(), self._file_at.path, line, column, at, (), None, None, None, None, None, FOUND_ONCE, None))

    def __len__(self) -> int:
        return len(self.outline.ids)

    @overload
    def __getitem__(self, number: int) -> Claim: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[Claim]: ...
    def __getitem__(self, number: int | slice) -> Claim | Sequence[Claim]:
        numbers = range(len(self))[number]
        return self._claim(numbers) if isinstance(numbers, int) else [self._claim(number) for number in numbers]

    def __iter__(self) -> Iterator[Claim]:
        return map(self._claim, range(len(self)))
