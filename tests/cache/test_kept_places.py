"""Files of a ledger are edited: `conflicts --town` and `review`, with what was kept before, say what they say without a cache."""

from __future__ import annotations

import hashlib
import json
import random
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from branches import commit, git
from running import ROOT, Outcome, run

TOWNS = 6  # asked of, of those that the ledger has


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of a ledger of twelve claims files with contradictions, tensions and disputes."""
    folder = tmp_path_factory.mktemp("made") / "ledger"
    command = [sys.executable, str(ROOT / "benchmarks" / "generate.py"), str(folder), "--claims", "240", "--files", "12"]
    subprocess.run(command, check=True, capture_output=True)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def ledger(made: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """That ledger in a folder, with an empty cache beside it."""
    monkeypatch.setenv("LEDGER_CACHE_DIR", str(tmp_path / "cache"))
    put(made, tmp_path / "ledger")
    return tmp_path / "ledger"


def put(files: dict[str, bytes], folder: Path) -> None:
    """Make a ledger's folder hold these files and no others."""
    for path in [path for path in folder.glob("[!.]*/*") if path.relative_to(folder).as_posix() not in files]:
        path.unlink()
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_bytes() != data:
            path.write_bytes(data)


def claims_of(path: Path) -> tuple[str, list[str], str]:
    """The head of a claims file, each of its claims, and what stands behind them."""
    head, begin, rest = path.read_text(encoding="utf-8").partition("claims:\n")
    found = re.search(r"^(?![ #\n]|- )", rest, re.MULTILINE)
    end = found.start() if found is not None else len(rest)
    return head + begin, re.split(r"^(?=- )", rest[:end], flags=re.MULTILINE), rest[end:]


def write(path: Path, head: str, claims: list[str], behind: str) -> None:
    path.write_text(head + "".join(claims) + behind, encoding="utf-8")


def ids_of(path: Path) -> list[str]:
    return re.findall(r"^- id: (\S+)$", path.read_text(encoding="utf-8"), re.MULTILINE)


Edit = Callable[[random.Random, Path, Path], None]  # of one claims file, with another


def a_claim_added(rng: random.Random, path: Path, other: Path) -> None:
    head, claims, behind = claims_of(path)
    number = rng.randrange(1, len(claims))
    claims.insert(number, re.sub(r"^- id: (\S+)", rf"- id: \1-{rng.randrange(10**6)}", claims[rng.randrange(1, len(claims))]))
    write(path, head, claims, behind)


def a_claim_removed(rng: random.Random, path: Path, other: Path) -> None:
    head, claims, behind = claims_of(path)
    del claims[rng.randrange(1, len(claims))]
    write(path, head, claims, behind)


def a_claim_that_says_otherwise(rng: random.Random, path: Path, other: Path) -> None:
    head, claims, behind = claims_of(path)
    number = rng.randrange(1, len(claims))
    for one, another in (("value: north", "value: south"), ("value: south", "value: north"), ("\n  said: 2020", "\n  said: 2019")):
        claims[number] = claims[number].replace(one, another)
    write(path, head, claims, behind)


def a_claim_with_an_error(rng: random.Random, path: Path, other: Path) -> None:
    head, claims, behind = claims_of(path)
    number = rng.randrange(1, len(claims))
    claims[number] = re.sub(r"\n  (said|quote|place): ", r"\n  \1: x", claims[number], count=1)
    write(path, head, claims, behind)


def an_id_of_another_file(rng: random.Random, path: Path, other: Path) -> None:
    head, claims, behind = claims_of(path)
    claims[1] = re.sub(r"^- id: \S+", f"- id: {rng.choice(ids_of(other))}", claims[1])
    write(path, head, claims, behind)


def a_dispute_into_another_file(rng: random.Random, path: Path, other: Path) -> None:
    head, claims, behind = claims_of(path)
    number = rng.randrange(1, len(claims))
    if "  disputes: " not in claims[number]:
        claims[number] = re.sub(r"^(- id: .*\n)", rf"\1  disputes: [{rng.choice(ids_of(other))}]\n", claims[number])
    write(path, head, claims, behind)


def a_tension_with_another_file(rng: random.Random, path: Path, other: Path) -> None:
    head, claims, behind = claims_of(path)
    if "tensions:" in behind:
        return
    note = f"tensions:\n- claims: [{rng.choice(ids_of(path))}, {rng.choice(ids_of(other))}]\n  by: me\n  on: 2025-01-01\n  why: both can't be\n"
    write(path, head, claims, behind + note)


def a_seed_edited(rng: random.Random, path: Path, other: Path) -> None:
    text = path.read_text(encoding="utf-8")
    seed = path.parent.parent / "seeds" / text.split("seed: ", 1)[1].split("\n", 1)[0]
    lines = seed.read_text(encoding="utf-8").split("\n")
    del lines[rng.randrange(len(lines))]
    seed.write_text("\n".join(lines), encoding="utf-8")
    if rng.random() < 0.5:
        digest = hashlib.sha256(seed.read_bytes()).hexdigest()
        path.write_text(re.sub(r"(?<=\nsha256: )\w+", digest, text), encoding="utf-8")


def a_file_renamed(rng: random.Random, path: Path, other: Path) -> None:
    path.rename(path.with_name(f"{rng.randrange(10**6)}-{path.name}"))


def a_file_copied(rng: random.Random, path: Path, other: Path) -> None:
    path.with_name(f"copy-of-{path.name}").write_bytes(path.read_bytes())


def a_file_removed(rng: random.Random, path: Path, other: Path) -> None:
    path.unlink()


def a_file_refused(rng: random.Random, path: Path, other: Path) -> None:
    path.write_bytes(path.read_bytes() + b"seed: twice\n")


def the_vocabulary_changed(rng: random.Random, path: Path, other: Path) -> None:
    vocabulary = path.parent.parent / "ledger.yaml"
    text = vocabulary.read_text(encoding="utf-8")
    vocabulary.write_text(text.replace("lasts: P", "lasts: P1", 1) + f"# {rng.random()}\n", encoding="utf-8")


def a_file_beside(rng: random.Random, path: Path, other: Path) -> None:
    path.with_suffix(".txt").write_bytes(b"")


EDITS: list[Edit] = [
    a_claim_added, a_claim_removed, a_claim_that_says_otherwise, a_claim_with_an_error, an_id_of_another_file, a_dispute_into_another_file,
    a_tension_with_another_file, a_seed_edited, a_file_renamed, a_file_copied, a_file_removed, a_file_refused, the_vocabulary_changed,
    a_file_beside,
]  # fmt: skip


def towns_in(ledger: Path, rng: random.Random) -> list[str]:
    """Some of the places that the claims speak of."""
    texts = (path.read_text(encoding="utf-8") for path in sorted((ledger / "claims").glob("*.yaml")))
    return rng.sample(sorted({place for text in texts for place in re.findall(r"^  place: ([a-z-]+)$", text, re.MULTILINE)}), TOWNS)


def same(ledger: Path, town: str) -> None:
    """Ask of a place with the cache and without, as text (which counts who takes no part) and as data."""
    for form in ("text", "json"):
        command = ("-C", ledger, "conflicts", "--town", town, "--format", form)
        assert run(*command) == run(*command, "--no-cache")


def edit_one(rng: random.Random, edit: Edit, ledger: Path) -> None:
    path, other = rng.sample(sorted((ledger / "claims").glob("*.yaml")), 2)
    edit(rng, path, other)


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_after_an_edit_of_one_file_a_place_is_answered_alike(edit: Edit, ledger: Path, made: dict[str, bytes]) -> None:
    rng = random.Random(edit.__name__)
    towns = towns_in(ledger, rng)
    same(ledger, towns[0])  # what is kept is kept now
    for town in towns:
        edit_one(rng, edit, ledger)
        same(ledger, town)
        put(made, ledger)


@pytest.mark.parametrize("seed", range(4))
def test_after_one_edit_upon_another_a_place_is_answered_alike(seed: int, ledger: Path, made: dict[str, bytes]) -> None:
    rng = random.Random(f"edits {seed}")
    for town in [*towns_in(ledger, rng), *towns_in(ledger, rng)]:
        edit_one(rng, rng.choice(EDITS), ledger)
        same(ledger, town)


def test_the_claims_of_other_places_that_a_file_names_first_are_found(ledger: Path) -> None:
    """A claim that was edited disputes one of another place, in a file that did not change: the contradiction is told."""
    path, other = sorted((ledger / "claims").glob("*.yaml"))[:2]
    head, claims, behind = claims_of(path)
    town = re.findall(r"^  place: (\S+)$", claims[1], re.MULTILINE)[0]
    disputed = next(
        ids_of(other)[number - 1] for number, claim in enumerate(claims_of(other)[1]) if number and f"  place: {town}\n" not in claim
    )
    same(ledger, town)
    claims[1] = re.sub(r"^(- id: .*\n)(?:  disputes: .*\n)?", rf"\1  disputes: [{disputed}]\n", claims[1])
    write(path, head, claims, behind)
    same(ledger, town)
    assert disputed in run("-C", ledger, "conflicts", "--town", town).out


def test_only_what_changed_is_read_again(ledger: Path, tmp_path: Path) -> None:
    """Whoever reads the whole ledger keeps it anew: nothing was."""
    rng = random.Random("read again")
    same(ledger, towns_in(ledger, rng)[0])
    before = {path: path.read_bytes() for path in (tmp_path / "cache").iterdir()}
    edit_one(rng, a_claim_added, ledger)
    assert run("-C", ledger, "conflicts", "--town", towns_in(ledger, rng)[0]).code == 0
    assert {path: path.read_bytes() for path in (tmp_path / "cache").iterdir()} == before


def reviewed(ledger: Path, revisions: str) -> list[Outcome]:
    """What a review says, as data and as text."""
    return [run("-C", ledger, "review", "--format", form, revisions) for form in ("json", "text")]


@pytest.mark.parametrize("committed", [False, True])
@pytest.mark.parametrize("seed", range(3))
def test_a_review_after_a_check_says_what_it_says_without(
    seed: int, committed: bool, ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was checked is the one side or the other, or neither; on several processors, and with no cache on one."""
    rng = random.Random(f"review {seed}")
    git(ledger, "init", "-q", "-b", "main")
    commit(ledger)
    revisions = "main~..HEAD" if committed else "main"
    for number in range(4):
        run("-C", ledger, "check")
        if number:
            edit_one(rng, EDITS[(seed * 4 + number * 5) % len(EDITS)], ledger)
        edit_one(rng, rng.choice(EDITS), ledger)
        if committed:
            commit(ledger)
        monkeypatch.setenv("LEDGER_PROCESSES", "3")
        after_check = reviewed(ledger, revisions)
        monkeypatch.setenv("LEDGER_PROCESSES", "1")
        monkeypatch.setenv("LEDGER_CACHE_DIR", str(tmp_path / f"empty-{number}"))
        assert reviewed(ledger, revisions) == after_check
        monkeypatch.setenv("LEDGER_CACHE_DIR", str(tmp_path / "cache"))


def new_defects(ledger: Path) -> set[str]:
    """The rules that find something new in the files as they are."""
    return {found["name"] for found in json.loads(run("-C", ledger, "review", "--format", "json", "main").out)["diagnostics"]["new"]}


def test_a_seed_or_a_vocabulary_edited_since_the_check_is_looked_at_again(ledger: Path, made: dict[str, bytes]) -> None:
    git(ledger, "init", "-q", "-b", "main")
    commit(ledger)
    run("-C", ledger, "check")
    assert not new_defects(ledger)
    head, _, _ = claims_of(sorted((ledger / "claims").glob("*.yaml"))[0])
    (ledger / "seeds" / head.split("seed: ", 1)[1].split("\n", 1)[0]).write_bytes(b"nothing of it\n")
    assert "quote_not_in_seed" in new_defects(ledger)
    commit(ledger)  # now on both sides
    assert json.loads(run("-C", ledger, "review", "--format", "json", "HEAD").out)["numbers"]["after"]["errors"]
    put(made, ledger)
    vocabulary = ledger / "ledger.yaml"
    vocabulary.write_bytes(vocabulary.read_bytes().replace(b"values: [north, south, contested]", b"values: [north, contested]"))
    assert "bad_value" in new_defects(ledger)


def test_a_claim_that_turns_round_opens_and_closes_what_it_does_in_the_whole(ledger: Path) -> None:
    """As many claims as before, of the same question: what was decided of them before does not stand."""
    turned = {"north": "south", "south": "north"}
    git(ledger, "init", "-q", "-b", "main")
    before = commit(ledger)
    counts = []
    for path in sorted((ledger / "claims").glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r"(?<=\n  value: )(north|south)(?=\n)", lambda found: turned[found[0]], text, count=1), encoding="utf-8")
        numbers = json.loads(run("-C", ledger, "review", "--format", "json", before).out)["numbers"]["after"]
        counts.append(numbers["contradictions"] + numbers["tensions"])
        found = json.loads(run("-C", ledger, "conflicts", "--format", "json").out)["conflicts"]
        assert counts[-1] == len(found) and numbers["tensions"] == sum(conflict["kind"] == "tension" for conflict in found)
    assert len(set(counts)) > 3
