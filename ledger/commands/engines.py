"""`--engine`: contradictions asked of an engine that sorts and spreads; what it may take, and which slice of the places."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from functools import wraps
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, cast

import click

from ledger.answers.filters import Filter, around, said_around, times_by_claim
from ledger.commands.exits import temporary
from ledger.commands.opening import Source
from ledger.commands.options import Choice, Command
from ledger.commands.several import NONE, names_and_paths, read_ledger, same_places_in
from ledger.conflicts import Findings, find_conflicts
from ledger.conflicts.accounts import accounts
from ledger.conflicts.times import Time
from ledger.model import Ledger, Trouble, Vocabulary
from ledger.reading.contents import VOCABULARY_FILE
from ledger.render.blocks import Pages
from ledger.texts.display import one_line

if TYPE_CHECKING:  # what merges ledgers, and what engines need, is imported for those who ask for it
    from ledger.exchange.merging import LeftOut
    from ledger.exchange.scale.duck import Duck
    from ledger.exchange.scale.engine import Engine
    from ledger.exchange.scale.engine import Spread as Decider
    from ledger.exchange.scale.sources import Source as Given

MiB = 1024 * 1024
DEFAULT = 4096 * MiB
LEAST = 512 * MiB
ITSELF = 220 * MiB  # the program and the engine before they have read anything
_SIZE = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,3})?) ?([KMGT])(?:i?B)?", re.IGNORECASE)
_SLICE = re.compile(r"([0-9]{1,6})/([0-9]{1,6})")


def size_of(text: str) -> int:
    """Bytes, of `500MB` or `4G`; raises UsageError."""
    found = _SIZE.fullmatch(text.strip())
    if found is None:
        raise click.UsageError(f"`--memory {one_line(text)}` is no size: write it like 800MB or 4GB")
    size = int(float(found[1]) * 1024 ** (" KMGT".index(found[2].upper())))
    if not LEAST <= size <= 1 << 50:
        raise click.UsageError(f"`--memory {one_line(text)}` is no size to work in: {LEAST // MiB}MB is the least")
    return size


def slice_asked(text: str) -> tuple[int, int]:
    """The number of a slice and how many there are, of `3/8`; raises UsageError."""
    found = _SLICE.fullmatch(text.strip())
    if found is None or not 1 <= int(found[1]) <= int(found[2]):
        raise click.UsageError(f"`--slice {one_line(text)}` is none: write which of how many, `--slice 1/8` to `--slice 8/8`")
    return int(found[1]), int(found[2])


class Answers(Protocol):
    """A ledger, or several as one, asked for its contradictions."""

    @property
    def ledger(self) -> Ledger:
        """The ledger; an engine's has of its claims only those that people noted something about."""

    def findings(self, wanted: Filter, day: int | None, streamed: bool) -> Findings:
        """All that contradicts each other, as far as it was asked for; `streamed`: an engine's made when it is told."""

    def times(self, findings: Findings, day: int | None) -> dict[str, Time]:
        """The times of the claims that contradict each other by a note, by id (of others too)."""

    def said_around(self, findings: Findings, wanted: Filter, day: int | None) -> list[tuple[str, int]]:
        """What lies around the place asked for and was left out."""

    def pages(self, findings: Findings) -> Pages:
        """What renderers look up."""


class Held(NamedTuple):
    """A ledger that was read as a whole."""

    ledger: Ledger
    left_out: LeftOut

    def findings(self, wanted: Filter, day: int | None, streamed: bool) -> Findings:
        return find_conflicts(self.ledger, self.left_out, day, places=wanted.places)

    def times(self, findings: Findings, day: int | None) -> dict[str, Time]:
        return times_by_claim(accounts(findings.taking_part, self.ledger.vocabulary))

    def said_around(self, findings: Findings, wanted: Filter, day: int | None) -> list[tuple[str, int]]:
        return said_around(findings.taking_part, wanted, self.ledger)

    def pages(self, findings: Findings) -> Pages:
        return Pages.of(self.ledger, findings.corrections)


class Spread(NamedTuple):
    """What an engine reads, and which slice of it was asked for."""

    engine: Engine
    part: tuple[int, int] | None
    spread: Decider | None = None

    @property
    def ledger(self) -> Ledger:
        return self.engine.ledger

    def findings(self, wanted: Filter, day: int | None, streamed: bool) -> Findings:
        return self.engine.findings(wanted.places, day, self.part, self.spread, streamed)

    def times(self, findings: Findings, day: int | None) -> dict[str, Time]:
        noted = [conflict for conflict in findings.conflicts if conflict.verdict is None]
        places = {claim.place for conflict in noted for claim in (conflict.one, conflict.other)}
        return times_by_claim(accounts(self.engine.claims_about(places, day)[0], self.ledger.vocabulary)) if places else {}

    def said_around(self, findings: Findings, wanted: Filter, day: int | None) -> list[tuple[str, int]]:
        if wanted.place is None:
            return []
        claims, _ = self.engine.claims_about(around(wanted.place, self.ledger.vocabulary), day)
        return said_around(claims, wanted, self.ledger)

    def pages(self, findings: Findings) -> Pages:
        from ledger.exchange.scale.files import Files

        return Pages.of(self.ledger, findings.corrections)._replace(files=Files(self.engine, self.engine.memory // 8))


class Spreading(NamedTuple):
    """How the work is to be spread: what it may take, and which slice."""

    memory: int
    part: tuple[int, int] | None
    master: str | None = None  # of the Spark that decides; without it that is here

    @property
    def for_duck(self) -> int:
        """What DuckDB may take, in bytes."""
        return (self.memory - ITSELF) * 2 // 5

    @property
    def for_rules(self) -> int:
        """What the claims may take that are held against each other, and what was found."""
        return (self.memory - ITSELF) * 3 // 5

    def within(self, source: Source, held: Held) -> Spread:
        """Of the ledger at hand, which was read."""
        from ledger.exchange.merging import Part
        from ledger.exchange.scale.sources import Loaded

        duck = self._duck(source)
        return self._spread([Loaded(Part("", held.ledger, held.left_out), 0, duck)], None, duck)

    def over(self, source: Source, named: Sequence[str], table: str | None) -> Spread:
        """Of those that `--from` names: of an export in Parquet no more is read than is needed."""
        from ledger.exchange.merging import Part
        from ledger.exchange.scale.sources import Exported, Loaded

        duck = self._duck(source)
        sources: list[Given] = []
        vocabularies: dict[str, Vocabulary] = {}
        for number, (name, path) in enumerate(names_and_paths(named)):
            try:
                if os.path.lexists(os.path.join(path, "manifest.json")) and not os.path.lexists(os.path.join(path, VOCABULARY_FILE)):
                    sources.append(Exported(name, path, number, duck, vocabularies))
                else:
                    sources.append(Loaded(Part(name, *read_ledger(path)), number, duck))
            except Trouble as problem:
                raise Trouble(f"{one_line(path)}: {problem}") from None
        made = self._spread(sources, table, duck)
        if not made.engine.total:
            raise Trouble(NONE)
        return made

    def _duck(self, source: Source) -> Duck:
        from ledger.exchange.scale.duck import Duck

        duck = source.closing.enter_context(Duck(self.for_duck))
        source.closing.enter_context(temporary(duck.take_away))
        return duck

    def _spread(self, sources: list[Given], table: str | None, duck: Duck) -> Spread:
        from ledger.exchange.scale.engine import Engine

        same = {} if table is None else same_places_in(table, [given.part for given in sources])
        spread = None
        if self.master is not None:
            from ledger.exchange.scale.spark import by_spark

            spread = by_spark(self.master)
        return Spread(Engine(sources, same, duck, self.for_rules), self.part, spread)


def engine_options(function: Command) -> Command:
    """Add `--engine`, `--master`, `--memory`, `--slice`; they arrive as `spreading`, None where no engine was asked for."""

    @click.option("--engine", type=Choice(["duckdb", "spark"]), help="Let an engine sort the claims, of more than memory holds.")
    @click.option("--master", metavar="URL", help="With --engine spark: where it runs, such as local[2]; SPARK_MASTER without it.")
    @click.option("--memory", metavar="SIZE", help="With --engine: what it may take, such as 800MB; 4GB without it.")
    @click.option("--slice", "part", metavar="K/N", help="With --engine: only the K-th of N slices of the places.")
    @wraps(function)
    def command(*arguments: Any, engine: str | None, master: str | None, memory: str | None, part: str | None, **asked: Any) -> Any:
        for option, text in (("--memory", memory), ("--slice", part)):
            if text is not None and engine is None:
                raise click.UsageError(f"`{option}` goes with `--engine`")
        if master is not None and engine != "spark":
            raise click.UsageError("`--master` goes with `--engine spark`")
        master = master or os.environ.get("SPARK_MASTER") if engine == "spark" else None
        if engine == "spark" and not master:
            raise click.UsageError("`--engine spark` needs to know where: `--master local[2]`, or SPARK_MASTER")
        sizes = size_of(memory) if memory is not None else DEFAULT, slice_asked(part) if part is not None else None
        return function(*arguments, spreading=Spreading(*sizes, master) if engine is not None else None, **asked)

    return cast(Command, command)
