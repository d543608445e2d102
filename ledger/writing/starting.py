"""A new ledger: the files that a folder becomes one by. What they say stands in starter/; the parties and the version are filled in."""

from __future__ import annotations

import hashlib
from importlib import resources

from ledger import __version__
from ledger.model import Trouble
from ledger.texts.display import SLUG, shorten

WORKFLOW = ".github/workflows/ledger.yml"
EXAMPLE_SEED, EXAMPLE_CLAIMS = "seeds/example-flood.txt", "claims/example-flood.yaml"
_FILES = {".gitattributes": "gitattributes", ".gitignore": "gitignore", WORKFLOW: "workflow.yml", ".vscode/settings.json": "settings.json"}
_FOLDERS = ("claims", "seeds", "originals")
SIDES = ("north", "south")


def starter_files(sides: tuple[str, str] = SIDES, example: bool = False) -> dict[str, bytes]:
    """The files of a new ledger by path, with or without an example; `sides` are the ids of its two parties. Raises Trouble for what can be
    no id."""
    files = {f"{folder}/.gitkeep": b"" for folder in _FOLDERS}
    files["ledger.yaml"] = _vocabulary(sides, example).encode()
    for path, name in _FILES.items():
        files[path] = _text(name).replace("@VERSION@", __version__).encode()
    if example:
        seed = _text("example.txt").encode()
        files[EXAMPLE_SEED] = seed
        files[EXAMPLE_CLAIMS] = _text("example-claims.yaml").replace("@SHA256@", hashlib.sha256(seed).hexdigest()).encode()
    return files


def _vocabulary(sides: tuple[str, str], example: bool) -> str:
    """The starter vocabulary, for these parties."""
    for side in sides:
        if SLUG.fullmatch(side) is None or len(side) > 40:
            raise Trouble(f"`{shorten(side, 60)}` can be no id of a party: write small letters, digits and hyphens (ukraine, eastern-army)")
    if sides[0] == sides[1] or "contested" in sides:
        raise Trouble("the two parties need two different ids, neither of them `contested`")
    one, other = sides
    filled = {
        "@PLACES@": _text("example-places.yaml").rstrip("\n") if example else " {}",
        "@CLAIMANTS@": _text("example-claimants.yaml").rstrip("\n") if example else " {}",
        "@ONE_NAME@": _name(one),
        "@OTHER_NAME@": _name(other),
        "@ONE@": one,
        "@OTHER@": other,
    }
    text = _text("ledger.yaml")
    for gap, words in filled.items():
        text = text.replace(gap, words)
    return text


def _name(side: str) -> str:
    """What is printed for a party: its id, each word with a capital letter."""
    return " ".join(word.capitalize() for word in side.split("-"))


def _text(name: str) -> str:
    return (resources.files("ledger.writing") / "starter" / name).read_text(encoding="utf-8")
