"""A new ledger: the files that a folder becomes one by. What they say stands in starter/; the parties and the version are filled in."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from importlib import resources

from ledger import __version__
from ledger.model import Trouble
from ledger.reading.contents import CLAIMS_FOLDER, ORIGINALS_FOLDER, SEEDS_FOLDER
from ledger.texts.display import SLUG, shorten
from ledger.texts.folding import slug
from ledger.writing.scalars import scalar

WORKFLOW = ".github/workflows/ledger.yml"
EXAMPLE_SEED, EXAMPLE_CLAIMS = "seeds/example-flood.txt", "claims/example-flood.yaml"
_FILES = {".gitattributes": "gitattributes", ".gitignore": "gitignore", WORKFLOW: "workflow.yml", ".vscode/settings.json": "settings.json"}
_FOLDERS = (CLAIMS_FOLDER, SEEDS_FOLDER, ORIGINALS_FOLDER)
SIDES = ("north", "south")


def starter_files(
    sides: tuple[str, str] = SIDES, places: Sequence[str] = (), claimants: Sequence[str] = (), example: bool = False
) -> dict[str, bytes]:
    """The files of a new ledger by path, with or without an example; `sides` are the ids of its two parties, `places` and `claimants` names
    to begin with. Raises Trouble for what can be no id or name."""
    files = {f"{folder}/.gitkeep": b"" for folder in _FOLDERS}
    files["ledger.yaml"] = _vocabulary(sides, places, claimants, example).encode()
    for path, name in _FILES.items():
        files[path] = _text(name).replace("@VERSION@", __version__).encode()
    if example:
        seed = _text("example.txt").encode()
        files[EXAMPLE_SEED] = seed
        files[EXAMPLE_CLAIMS] = _text("example-claims.yaml").replace("@SHA256@", hashlib.sha256(seed).hexdigest()).encode()
    return files


def _vocabulary(sides: tuple[str, str], places: Sequence[str], claimants: Sequence[str], example: bool) -> str:
    """The starter vocabulary, for these parties, places and claimants."""
    for side in sides:
        if SLUG.fullmatch(side) is None or len(side) > 40:
            raise Trouble(f"`{shorten(side, 60)}` can be no id of a party: write small letters, digits and hyphens (ukraine, eastern-army)")
    if sides[0] == sides[1] or "contested" in sides:
        raise Trouble("the two parties need two different ids, neither of them `contested`")
    one, other = sides
    filled = {
        "@PLACES@": _entries("example-places.yaml" if example else "", places, "kind: place, names: {{en: {}}}"),
        "@CLAIMANTS@": _entries("example-claimants.yaml" if example else "", claimants, "name: {}, kind: claimant"),
        "@ONE_NAME@": _name(one),
        "@OTHER_NAME@": _name(other),
        "@ONE@": one,
        "@OTHER@": other,
    }
    return re.sub("@[A-Z_]+@", lambda gap: filled[gap[0]], _text("ledger.yaml"))  # at once: a name may look like a gap


def _entries(example: str, names: Sequence[str], form: str) -> str:
    """The entries of a section: those of the example, and one for each name, with an id made of it."""
    entries = [_text(example).rstrip("\n")] if example else []
    ids: set[str] = set()
    for given in names:
        id, equals, name = given.partition("=")
        if not equals or SLUG.fullmatch(id) is None:
            id, name = slug(given), given
        if not id or not name.strip():
            raise Trouble(f"no id can be made of `{shorten(given, 60)}`: write ID=NAME (kupiansk=Куп'янськ)")
        if id in ids or f"\n  {id}:" in "".join(entries):
            raise Trouble(f"`{shorten(given, 60)}` is named twice: nothing was written")
        ids.add(id)
        entries.append(f"\n  {id}: {{{form.format(scalar(name.strip(), braced=True))}}}")
    return "".join(entries) or " {}"


def _name(side: str) -> str:
    """What is printed for a party: its id, each word with a capital letter."""
    return " ".join(word.capitalize() for word in side.split("-"))


def _text(name: str) -> str:
    return (resources.files("ledger.writing") / "starter" / name).read_text(encoding="utf-8")
