"""What can stand at the end of a command line: commands, options, and the ids and names of a ledger. No click, and no whole ledger: a key was
pressed, and somebody waits."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator
from typing import Any

from ledger.commands.quick import COMMANDS
from ledger.commands.shells import Word, for_bash, words_of
from ledger.texts.display import one_line, shorten

Told = dict[str, str]  # what can stand there, each with what is said of it
TABLE = "parameters"  # the entry of a cache that has what options and arguments the commands have
_ID = re.compile(rb"""^[ ]*(?:-[ ]+)?(?:\{[ ]*)?["']?id["']?:[ ]+["']?([a-z0-9-]+)""", re.MULTILINE)
MOST_TOLD = 80  # characters that are said of one


def answer(shell: str, line: str, current: str = "") -> str:
    """The lines that a shell is told, for a command line up to the cursor; whatever goes wrong, it is told nothing."""
    try:
        words = words_of(line)
        told = proposals([word.text for word in words[1:]])
        return "".join(f"{said}\n" for said in _written(shell, told, words[-1], current))
    except Exception:  # nobody who presses TAB wants to read what went wrong
        return ""


def _written(shell: str, told: Told, word: Word, current: str) -> Iterator[str]:
    """What is proposed, as the shell is told it. Names with what nobody sees can't be typed, and are left out."""
    for text, words in told.items():
        if text == one_line(text) and text.isprintable():
            if shell == "bash":
                if written := for_bash(text, word, current):
                    yield written
            else:
                yield text + (f"\t{shorten(words, MOST_TOLD)}" if words else "")


def proposals(words: list[str]) -> Told:
    """What can stand for the last of the words behind the program's name."""
    *before, typed = words or [""]
    root = _root(before)
    while before and before[0].startswith("-"):
        before = before[2:] if before[0] == "-C" else before[1:]
    if not before:
        return _beginning(typed, {"-C": "", "--help": "", "--version": ""} if typed.startswith("-") else dict(COMMANDS))
    table = _table(root)
    path, *asked = before
    known = table["commands"].get(path)
    while known is not None and known["within"] and asked:
        path = f"{path} {asked.pop(0)}"
        known = table["commands"].get(path)
    if known is None or (known["within"] and not typed.startswith("-")):
        return _beginning(typed, known["within"] if known is not None else {})
    if asked and (option := known["options"].get(asked[-1])) and option["takes"]:
        return _beginning(typed, _of_kind(option, root, table))
    if typed.startswith("-"):
        name, equals, value = typed.partition("=")
        if equals and (option := known["options"].get(name)):
            return {f"{name}={text}": said for text, said in _beginning(value, _of_kind(option, root, table)).items()}
        return _beginning(typed, {name: option["told"] for name, option in known["options"].items()})
    place = _arguments(asked, known["options"])
    kinds = known["arguments"]
    if not kinds:
        return {}
    kind = kinds[min(place, len(kinds) - 1)]
    return _beginning(typed, _of_kind(kind, root, table)) if place < len(kinds) or kind["many"] else {}


def _arguments(asked: list[str], options: dict[str, Any]) -> int:
    """How many words stand there that are neither options nor what these take."""
    count, taken = 0, False
    for word in asked:
        if taken:
            taken = False
        elif word.startswith("-"):
            option = options.get(word)
            taken = option is not None and option["takes"]
        else:
            count += 1
    return count


def _beginning(typed: str, told: Told) -> Told:
    """What begins as was typed; where nothing does, letters large and small are one."""
    exact = {text: said for text, said in told.items() if text.startswith(typed)}
    if exact or not typed:
        return exact
    folded = typed.casefold()
    return {text: said for text, said in told.items() if text.casefold().startswith(folded)}


def _root(before: list[str]) -> str | None:
    """The folder of the ledger that is spoken of."""
    from ledger.commands.opening import find_root
    from ledger.model import Trouble

    named = before[before.index("-C") + 1] if "-C" in before[:-1] else None
    try:
        return find_root(os.path.expanduser(named) if named is not None else None)
    except Trouble:
        return None


# -- what is kept ------------------------------------------------------------------------------------------------------------


def _table(root: str | None) -> Any:
    """What options and arguments the commands have. Asking them takes as long as importing all of them: it is asked once."""
    cache = _cache(root)
    kept = _kept(cache, TABLE)
    if kept is None:
        from ledger.commands.parameters import table

        kept = table()
        if cache is not None:
            cache.write(cache.key(TABLE), json.dumps(kept).encode())
    return kept


def _cache(root: str | None) -> Any:
    try:
        from ledger.cache.check import open_cache
    except ModuleNotFoundError:  # without what makes it quicker
        return None
    return open_cache(root if root is not None else os.sep)


def _kept(cache: Any, *parts: str) -> Any:
    """What a cache has; None where it has nothing."""
    data = cache.read(cache.key(*parts)) if cache is not None else None
    try:
        return json.loads(data) if data is not None else None
    except ValueError:
        return None


def _of_kind(parameter: Any, root: str | None, table: Any) -> Told:
    """All that a parameter can be."""
    if parameter["choices"]:
        return dict.fromkeys(parameter["choices"], "")
    kind = parameter["kind"]
    if kind == "code":
        return dict(table["codes"])
    if kind == "command":
        return dict(COMMANDS)
    if root is None or not kind:
        return {}
    if kind == "seed":
        return dict.fromkeys(_names_in(os.path.join(root, "seeds")), "")
    if kind == "file":
        return dict.fromkeys([f"claims/{name}" for name in _names_in(os.path.join(root, "claims")) if name.endswith(".yaml")], "")
    told: Told = {}
    for each in ("place", "claimant", "property") if kind == "any" else (kind,):
        told |= _ids_of_claims(root) if each == "claim" else _vocabulary(root).get(each, {})
    return told | (_ids_of_claims(root) if kind == "any" else {})


def _names_in(folder: str) -> list[str]:
    try:
        return sorted(name for name in os.listdir(folder) if not name.startswith("."))
    except OSError:
        return []


def _ids_of_claims(root: str) -> Told:
    """The ids of all claims, as the lines of the files tell them: none of these is read as YAML, and none at all where nothing changed."""
    from ledger.reading.trees import NotPlain, NotThere, TooLarge, WorkTree

    folder, cache = os.path.join(root, "claims"), _cache(root)
    names = [name for name in _names_in(folder) if name.endswith(".yaml")]
    states = [os.lstat(os.path.join(folder, name)) for name in names]
    parts = ("ids", folder, repr([(name, state.st_size, state.st_mtime_ns) for name, state in zip(names, states, strict=True)]))
    kept: list[str] | None = _kept(cache, *parts)
    if kept is None:
        tree, kept = WorkTree(root), []
        for name in names:
            try:
                kept += [found.decode("utf-8", "replace") for found in _ids_in(tree.read(f"claims/{name}", 16 * 1024 * 1024))]
            except (NotThere, NotPlain, TooLarge):
                continue
        if cache is not None:
            cache.write(cache.key(*parts), json.dumps(kept).encode())
    return dict.fromkeys(kept, "")


def _ids_in(data: bytes) -> list[bytes]:
    """The ids that the lines of a claims file give. Nearly every one is written in one way, which is found in a third of the time."""
    if data.count(b"id:") == data.count(b"\n- id: "):
        return [piece[: piece.index(b"\n")].strip() for piece in data.split(b"\n- id: ")[1:] if b"\n" in piece]
    return _ID.findall(data)


def _vocabulary(root: str) -> dict[str, Told]:
    """The ids and names of `ledger.yaml`, by kind, each with what it is."""
    from ledger.reading.contents import VOCABULARY_FILE, digest_of
    from ledger.reading.trees import WorkTree

    tree, cache = WorkTree(root), _cache(root)
    parts = ("names", digest_of(tree, VOCABULARY_FILE))
    kept: dict[str, Told] | None = _kept(cache, *parts)
    if kept is not None:
        return kept
    from ledger.reading.loader import load_vocabulary

    known = load_vocabulary(tree)
    found = {
        "place": _called((place.id, place.all_names(), place.name_in(known.language)) for place in known.places.values()),
        "claimant": _called((each.id, [each.name, *each.other_names], each.name) for each in known.claimants.values()),
        "property": {each.id: each.title for each in known.properties.values()},
        "subject": {subject: "" for each in known.properties.values() for subject in each.subjects},
        "side": {each.side: "" for each in known.claimants.values() if each.side is not None},
    }
    if cache is not None:
        cache.write(cache.key(*parts), json.dumps(found).encode())
    return found


def _called(entries: Iterable[tuple[str, list[str], str]]) -> Told:
    """Ids, each with the name, then names, each with the id."""
    kept = list(entries)
    return {name: first for name, _, first in kept} | {called: name for name, names, _ in kept for called in names if called != name}
