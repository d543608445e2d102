"""The outline of a claims file without errors: what the rules about the whole ledger ask of it, as data that a cache can keep.

An outline is a ClaimsFile whose claims have only what those rules ask: ids, places, properties, claimants, relays, disputes,
accepted warnings. Where fields stand is found by reading the file again, which only a finding asks for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from ledger.diagnostic import Diagnostic
from ledger.model import Claim, ClaimsFile, Found, Position, Resolution, Tension
from ledger.reports import diagnostic_data, to_diagnostic
from ledger.seeds import LateSeed, Seed

FOUND_ONCE = Found(((0, 1),), 1, False, True)
_NOTHING: Mapping[str, str] = {}
Reread = Callable[[str], ClaimsFile | None]  # by path: the file as it is written


def outline_data(file: ClaimsFile, diagnostics: Iterable[Diagnostic]) -> list[Any]:
    """What is kept of a claims file in which the rules find no error."""
    claims = file.claims
    return [
        file.seed_name,
        file.language,
        [claim.id for claim in claims],
        [claim.line for claim in claims],
        [claim.column for claim in claims],
        [claim.place for claim in claims],
        [claim.property for claim in claims],
        [claim.claimant for claim in claims],
        [[number, claim.via, claim.disputes, claim.accept] for number, claim in enumerate(claims) if claim.via or claim.disputes or claim.accept],
        [list(tension) for tension in file.tensions],
        [list(resolution) for resolution in file.resolutions],
        [diagnostic_data(diagnostic) for diagnostic in diagnostics],
    ]  # fmt: skip


def outline(path: str, data: Any, reread: Reread, read_seed: Callable[[], bytes]) -> tuple[ClaimsFile, list[Diagnostic]]:
    """The outline that data says, and what was found in the file; raises ValueError, TypeError or IndexError for what is none."""
    seed_name, language, ids, lines, columns, places, properties, claimants, more, tensions, resolutions, found = data
    further = {number: (tuple(map(str, via)), tuple(map(str, disputes)), dict(accept)) for number, via, disputes, accept in more}
    none: tuple[tuple[str, ...], tuple[str, ...], Mapping[str, str]] = ((), (), _NOTHING)
    file_at = FileAgain(path, reread)
    claims = []
    for number, (id, line, column, place, property, claimant) in enumerate(
        zip(ids, lines, columns, places, properties, claimants, strict=True)
    ):
        via, disputes, accept = further.get(number, none)
        claim = Claim(
            id, place, property, None, None, None, "", None, claimant, via, "", None, "", None, None, None, None, disputes, accept,
            path, line, column, ClaimAgain(file_at, line), (), None, None, None, None, None, FOUND_ONCE,
        )  # fmt: skip
        claims.append(claim)
    seed: Seed = LateSeed(str(seed_name), read_seed)
    noted = tuple(Tension(tuple(names), *rest) for names, *rest in tensions)
    resolved = tuple(Resolution(tuple(names), *rest) for names, *rest in resolutions)
    file = ClaimsFile(
        path, seed.name, "", str(language), "", None, {}, file_at, (), (), tuple(claims), noted, (), seed, None, resolutions=resolved
    )
    return file, [to_diagnostic(row)._replace(path=path) for row in found]


class _Again(Mapping[str, Position]):
    """Where fields stand, found when it is asked for."""

    def places(self) -> Mapping[str, Position]:
        """The places, as the file has them."""
        raise NotImplementedError

    def __getitem__(self, key: str) -> Position:
        return self.places()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.places())

    def __len__(self) -> int:
        return len(self.places())


class FileAgain(_Again):
    """Where the fields of a file's head stand: the file is read again when it is asked for."""

    def __init__(self, path: str, reread: Reread) -> None:
        self.path = path
        self.reread = reread

    def file(self) -> ClaimsFile | None:
        """The file as it is written."""
        return self.reread(self.path)

    def places(self) -> Mapping[str, Position]:
        file = self.file()
        return file.at if file is not None else {}


class ClaimAgain(_Again):
    """Where the fields of a claim stand."""

    __slots__ = ("file", "line")

    def __init__(self, file: FileAgain, line: int) -> None:
        self.file = file
        self.line = line

    def places(self) -> Mapping[str, Position]:
        file = self.file.file()
        return next((claim.at for claim in file.claims if claim.line == self.line), {}) if file is not None else {}
