"""Where the fields of claims stand of which only the texts were kept: their file is read again when somebody asks, which is seldom."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from ledger.model import ClaimsFile, Position

Reread = Callable[[str], ClaimsFile | None]  # by path: the file as it is written


class _Again(Mapping[str, Position]):
    """Where fields stand, found when it is asked for."""

    def positions(self) -> Mapping[str, Position]:
        """The positions, as the file has them."""
        raise NotImplementedError

    def __getitem__(self, key: str) -> Position:
        return self.positions()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.positions())

    def __len__(self) -> int:
        return len(self.positions())


class FileAgain(_Again):
    """Where the fields of a file's head stand: the file is read again when it is asked for."""

    def __init__(self, path: str, reread: Reread) -> None:
        self.path = path
        self.reread = reread

    def file(self) -> ClaimsFile | None:
        """The file as it is written."""
        return self.reread(self.path)

    def positions(self) -> Mapping[str, Position]:
        file = self.file()
        return file.at if file is not None else {}


class ClaimAgain(_Again):
    """Where the fields of a claim stand. Whether its `extent` is written is asked of every claim that is put into words: where that is known
    (not None), no file is read for it."""

    __slots__ = ("file", "has_extent", "line")

    def __init__(self, file: FileAgain, line: int, has_extent: bool | None = None) -> None:
        self.file = file
        self.line = line
        self.has_extent = has_extent

    def positions(self) -> Mapping[str, Position]:
        file = self.file.file()
        return next((claim.at for claim in file.claims if claim.line == self.line), {}) if file is not None else {}

    def __contains__(self, key: object) -> bool:
        return self.has_extent if key == "extent" and self.has_extent is not None else super().__contains__(key)
