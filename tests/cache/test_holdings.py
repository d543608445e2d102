"""What is kept of a ledger for one place decides as the whole ledger does, and what is kept of a vocabulary is that vocabulary."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from bridge import ledger_of
from ledger_strategies import random_ledger
from parts_and_wholes import random_figures
from running import ROOT

from ledger.answers.filters import places_within
from ledger.cache import data, vocabularies
from ledger.cache.places import Holding, to_bytes
from ledger.conflicts import find_conflicts
from ledger.conflicts.finder import every_conflict
from ledger.conflicts.search.counting import MANY
from ledger.model import Claim, Ledger, Report, Trouble
from ledger.reading.loader import load
from ledger.reading.trees import WorkTree
from ledger.rules import excluded

FOLDERS = [ROOT, *sorted(folder for folder in (ROOT / "tests" / "cases").glob("*/*") if folder.is_dir())]


def readable(folder: Path) -> Ledger:
    """The ledger in a folder; skips where there is none that can be read."""
    try:
        return load(WorkTree(str(folder)))
    except Trouble:
        pytest.skip("its ledger.yaml can't be read")


def kept(ledger: Ledger) -> Holding | None:
    """The ledger as it comes back from a cache."""
    found = to_bytes(ledger, excluded(ledger), {}, "")
    seeds = {file.seed_name: file.seed.data for file in ledger.files if file.seed is not None}
    files = {file.path: file for file in ledger.files}
    return Holding(found[0], memoryview(found[1]), seeds.__getitem__, files.get) if found is not None else None


def told(ledger: Ledger, left_out: frozenset[tuple[str, int]], place: str, many: int) -> Iterator[object]:
    """All that is found of a place: its conflicts with both claims, and which claims took no part."""
    places = places_within(place, ledger.vocabulary)
    findings = find_conflicts(ledger, left_out, None, many, places)
    for conflict in every_conflict(findings, ledger.vocabulary):
        if conflict.place in places:
            claims = [claim._replace(at=dict(claim.at), flaws=()) for claim in (conflict.one, conflict.other)]
            yield (claims, conflict.kind, conflict.strength, conflict.relation, conflict.place, conflict.property, conflict.subject)
    yield [claim.id for claim in findings.left_out]


def same_of_every_place(ledger: Ledger, many: int = MANY) -> int:
    """Compare what is found of every place in the whole ledger and in what is kept; gives how much that was."""
    holding = kept(ledger)
    assert holding is not None and holding.vocabulary == ledger.vocabulary
    left_out, count = excluded(ledger), 0
    for place in ledger.vocabulary.places:
        reaching = {*places_within(place, ledger.vocabulary)}
        reaching |= {larger for name in reaching for larger in ledger.vocabulary.larger_places(name)}
        part = holding.part(reaching)
        expected = list(told(ledger, left_out, place, many))
        assert list(told(part.ledger, part.left_out, place, many)) == expected
        assert part.ledger.refusals == ledger.refusals and part.ledger.seeds == ledger.seeds
        assert [file.path for file in part.ledger.files] == [file.path for file in ledger.files]
        count += len(expected) - 1
    return count


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: f"{folder.parent.name}-{folder.name}")
def test_what_is_kept_decides_as_the_whole_ledger_does(folder: Path) -> None:
    count = same_of_every_place(readable(folder))
    assert count > 30 or folder != ROOT


@pytest.mark.parametrize("many", [MANY, 0])
def test_what_is_kept_of_parts_and_wholes_decides_alike(many: int) -> None:
    rng = random.Random("places")
    assert sum(same_of_every_place(ledger_of(random_figures(rng, 40)), many) for _ in range(4)) > 100


@pytest.mark.parametrize("many", [MANY, 0])
def test_what_is_kept_of_random_ledgers_decides_alike(many: int) -> None:
    rng = random.Random(f"holdings {many}")
    assert sum(same_of_every_place(ledger_of(random_ledger(rng)), many) for _ in range(220)) > 300


def test_claims_come_back_whole() -> None:
    ledger = readable(ROOT)
    holding = kept(ledger)
    assert holding is not None
    back = holding.part(ledger.vocabulary.places).ledger

    def whole(claim: Claim) -> object:
        return claim._replace(at=dict(claim.at), accept=dict(claim.accept))

    assert [whole(claim) for claim in back.claims()] == [whole(claim) for claim in ledger.claims()]
    for file, again in zip(ledger.files, back.files, strict=True):
        assert (again.tensions, again.resolutions, again.language, again.published) == (
            file.tensions,
            file.resolutions,
            file.language,
            file.published,
        )
        assert file.seed is not None and again.seed is not None and again.seed.folded == file.seed.folded


@pytest.mark.parametrize("change", range(40))
def test_a_damaged_body_is_not_believed(change: int) -> None:
    ledger = readable(ROOT)
    found = to_bytes(ledger, excluded(ledger), {}, "")
    assert found is not None
    body = bytearray(found[1])
    body[len(body) * change // 40] ^= 1
    holding = Holding(found[0], memoryview(bytes(body)), lambda name: b"", lambda path: None)
    with pytest.raises(ValueError, match="damaged"):
        holding.part(ledger.vocabulary.places)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: f"{folder.parent.name}-{folder.name}")
def test_vocabularies_come_back_whole(folder: Path) -> None:
    vocabulary = readable(folder).vocabulary
    text = vocabularies.to_text(vocabulary)
    assert vocabularies.from_text(text) == vocabulary and "\n" not in text


def test_a_report_is_kept_whole() -> None:
    """With every field: one that could not be taken back would make each check a cold one, and no answer would show it."""
    filled = Report((), 1, 2, 3, 4, ("seeds/a.txt",), 5, ("xx",), ("ar",))
    assert all(filled[1:]) and data.from_text(data.to_text(filled)) == filled
