"""The program's reader against the second one, on claims files in every style of YAML; `tests/prove/prove_reading.py` is the long run."""

from __future__ import annotations

import json
import random
from pathlib import Path

import prove_reading
import pytest
from prove_reading import compared_chunk, compared_file, written_file
from running import run
from second_reader import claims_of

from ledger.texts.seeds import Seed


@pytest.mark.parametrize("part", range(3))
def test_the_readers_agree(part: int) -> None:
    done = compared_chunk(2025, part)
    assert not done.differences, done.differences[0]
    assert done.claims == prove_reading.CHUNK * prove_reading.CLAIMS
    assert 0.6 * done.claims < done.found < 0.95 * done.claims and done.several > 5  # quotes that stand, and that do not


def test_machines_are_told_what_the_second_reader_reads(tmp_path: Path) -> None:
    """Through the command, so that nothing is lost or changed on the way out."""
    rng = random.Random(5)
    for number in range(5):
        files, _ = written_file(rng)
        folder = tmp_path / str(number)
        for path, data in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
        told = json.loads(run("-C", folder, "claims", "--format", "json").out)["claims"]
        read = list(claims_of("claims/text.yaml", files["claims/text.yaml"].decode(), {"text.txt": files["seeds/text.txt"]}, ("control",)))
        assert len(told) == len(read) == prove_reading.CLAIMS
        for one, other in zip(sorted(told, key=lambda claim: claim["line"]), read, strict=True):
            assert {field: one[field] for field in prove_reading.FIELDS} == {field: other[field] for field in prove_reading.FIELDS}


@pytest.mark.parametrize("what", ["find", "line"])
def test_a_difference_is_noticed(monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    """A finder that forgives the case of letters, or a line that is one too high, is told."""
    find, line = Seed.find, Seed.line
    if what == "find":
        monkeypatch.setattr(Seed, "find", lambda seed, quote, *beside: find(seed, quote.lower(), *beside))
    else:
        monkeypatch.setattr(Seed, "line", lambda seed, offset: line(seed, offset) + 1)
    assert compared_file(random.Random(3)).differences
