"""The claims files of an engine's ledgers, each with its seed when it is asked for: not all of the texts are held at once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping

from ledger.exchange.scale.engine import Engine
from ledger.exchange.scale.sources import Source
from ledger.model import ClaimsFile

TIMES = 3  # a seed takes about so much of its text: as bytes, composed, folded


class Files(Mapping[str, ClaimsFile]):
    """The files by the paths that they have among all ledgers; `memory` is what their seeds may take, in bytes."""

    def __init__(self, engine: Engine, memory: int) -> None:
        self.bare = {file.path: file for file in engine.ledger.files}
        self.memory = memory
        self.origin: dict[str, tuple[Source, str]] = {
            named.path(file.path): (source, file.path)
            for source, named in zip(engine.sources, engine.named, strict=True)
            for file in source.part.ledger.files
        }
        self.held: OrderedDict[str, ClaimsFile] = OrderedDict()
        self.taken = 0

    def __getitem__(self, path: str) -> ClaimsFile:
        if path in self.held:
            self.held.move_to_end(path)
            return self.held[path]
        bare = self.bare[path]
        source, own = self.origin[path]
        file = bare if bare.seed is not None else source.with_seed(bare, own)
        if file.seed is None:
            self.held[path] = file  # (so that nobody looks for it again)
        elif bare.seed is None:
            self.held[path] = file
            self.taken += TIMES * len(file.seed.data)
            while self.taken > self.memory and len(self.held) > 1:
                _, gone = self.held.popitem(last=False)
                self.taken -= TIMES * len(gone.seed.data) if gone.seed is not None else 0
        return file

    def __iter__(self) -> Iterator[str]:
        return iter(self.bare)

    def __len__(self) -> int:
        return len(self.bare)
