"""One edit of a ledger: what is to be changed in its files, what comes of it, and how it gets onto the disk.

    with Edit(root) as edit:
        edit.insert_claim("claims/herald-1.yaml", {"id": "bridge-open", ...})
        edit.set_field("bridge-shut", "accept", {"Q310": "the hedge is the paper's own"})
        written = edit.write(dry_run=False)

Whoever else writes waits meanwhile. Nothing reaches the disk before `write`, and nothing at all of what would bring in an error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from difflib import unified_diff
from functools import cached_property
from types import TracebackType
from typing import NamedTuple

from ledger.model import Diagnostic, Ledger, Trouble
from ledger.reading.contents import MAX_FILE_BYTES, SEEDS_FOLDER, VOCABULARY_FILE
from ledger.reading.trees import NotPlain, NotThere, TooLarge, Tree, WorkTree
from ledger.reading.yaml_errors import Refused
from ledger.reading.yaml_nodes import decode
from ledger.reading.yaml_spans import spans_of
from ledger.texts.display import one_line
from ledger.writing.files import Change, alone, is_inside, replace_files
from ledger.writing.mending import CLAIM_ORDER, accepted, entry_at
from ledger.writing.results import Compared, Judge, Overlaid
from ledger.writing.splices import NoSuchValue, Value, put_entry, set_value, take_out

AROUND = 3  # lines that are shown around what differs
TOLD = 3  # errors that are named where something is not written


class Written(NamedTuple):
    """What an edit did, or would do: the paths of the files it changes, the difference, the defects that are new (warnings alone)
    and those that are gone, and the ledger as it is then."""

    paths: tuple[str, ...]
    difference: str
    new: tuple[Diagnostic, ...]
    gone: tuple[Diagnostic, ...]
    ledger: Ledger | None


class Edit:
    """Changes to a ledger's files, worked out in memory, one upon the other."""

    def __init__(self, root: str, tree: Tree | None = None) -> None:
        """`root` is the real path of the ledger's folder; a `tree` stands in for what is read there."""
        self.root = root
        self.tree: Tree = WorkTree(root) if tree is None else tree
        self._read: dict[str, bytes | None] = {}
        self._new: dict[str, bytes] = {}
        self._closing = ExitStack()
        self._is_alone = False

    def __enter__(self) -> Edit:
        self._is_alone = self._closing.enter_context(alone(self.root))
        return self

    def __exit__(self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None) -> None:
        self._closing.close()

    # -- what there is ----------------------------------------------------------------------------------------------

    @cached_property
    def judge(self) -> Judge:
        """The ledger as it lies there, and what is wrong with it already; raises Trouble where it can't be read."""
        return Judge(self.tree)

    @property
    def ledger(self) -> Ledger:
        """The ledger as it lies there."""
        if self.judge.ledger is None:
            raise Trouble(f"there is no {VOCABULARY_FILE} in {one_line(self.root)}: that is no ledger")
        return self.judge.ledger

    def data(self, path: str) -> bytes | None:
        """The bytes of a file with all changes so far; None where there is none. Raises Trouble for what is no plain file."""
        if path in self._new:
            return self._new[path]
        if path not in self._read:
            if not is_inside(path):
                raise Trouble(f"{one_line(path)} leads out of the ledger: it is not written to")
            try:
                self._read[path] = self.tree.read(path, MAX_FILE_BYTES)
            except NotThere:
                self._read[path] = None
            except NotPlain as problem:
                raise Trouble(f"{one_line(path)} is {problem}, not a plain file: it is not written to") from None
            except TooLarge:
                raise Trouble(f"{one_line(path)} is larger than {MAX_FILE_BYTES // 1024 // 1024} MiB: it is not written to") from None
        return self._read[path]

    def text(self, path: str) -> str:
        """The text of a YAML file with all changes so far; raises Trouble for one that is not there or that the reader refuses."""
        data = self.data(path)
        if data is None:
            raise Trouble(f"there is no {one_line(path)} in this ledger")
        try:
            return decode(data)
        except Refused as refused:
            raise _not_readable(path, refused) from None

    def raw_text(self, path: str) -> str | None:
        """The text of a file that the reader may refuse, for what mends it; None where it is no UTF-8."""
        data = self.data(path)
        try:
            return None if data is None else data.decode("utf-8")
        except UnicodeDecodeError:
            return None

    def taken_back(self, state: Mapping[str, bytes]) -> None:
        """The changes as they were at a time when `state` was asked for."""
        self._new = dict(state)

    def state(self) -> Mapping[str, bytes]:
        """The changes so far."""
        return dict(self._new)

    def number_of(self, path: str, claim: str) -> int:
        """Which entry of a claims file has an id."""
        try:
            listed = spans_of(self.text(path)).at("claims")
        except Refused as refused:
            raise _not_readable(path, refused) from None
        found = [number for number, item in enumerate(listed.items if listed is not None else ()) if _id_of(item) == claim]
        if len(found) != 1:
            raise Trouble(f"{one_line(path)} has {'no claim' if not found else 'several claims'} {one_line(claim)}")
        return found[0]

    def path_of(self, claim: str) -> str:
        """The file of the one claim with an id; raises Trouble where there is none, or several."""
        paths = [known.path for known in self.ledger.claims() if known.id == claim]
        if len(paths) != 1:
            what = "no claim has" if not paths else f"several claims have ({', '.join(one_line(path) for path in paths[:5])})"
            raise Trouble(f"{what} the id {one_line(claim)}")
        return paths[0]

    # -- what is to be done -------------------------------------------------------------------------------------------

    def put(self, path: str, data: bytes) -> None:
        """A whole file, new or in the place of another."""
        self.data(path)
        self._new[path] = data

    def create(self, path: str, data: bytes) -> None:
        """A whole new file; raises Trouble where there is one already."""
        if self.data(path) is not None:
            raise Trouble(f"{one_line(path)} is there already: nothing was written")
        self._new[path] = data

    def change(self, path: str, text: str) -> None:
        """The new text of a YAML file."""
        self.put(path, text.encode("utf-8"))

    def insert_claim(self, path: str, fields: Mapping[str, Value]) -> None:
        """A claim behind the others of a claims file, its fields in the order in which claims are written."""
        ordered = {name: fields[name] for name in CLAIM_ORDER if name in fields}
        self._splice(path, lambda text: put_entry(text, ("claims",), ordered), "`claims` is no list there")

    def insert_entry(self, path: str, listed: str, fields: Mapping[str, Value], in_braces: bool = True) -> None:
        """An entry behind the others of one of a claims file's lists: `resolutions`, `tensions`, `passed-over`."""
        self._splice(path, lambda text: put_entry(text, (listed,), fields, in_braces), f"`{listed}` is no list there")

    def set_in_entry(self, path: str, listed: str, line: int, field: str, value: Value) -> None:
        """A field of the entry of one of a claims file's lists that begins in a line."""
        self._splice(
            path, lambda text: set_value(text, (listed, entry_at(text, listed, line), field), value), f"no entry of `{listed}` there"
        )

    def set_field(self, claim: str, field: str, value: Value) -> None:
        """A field of a claim, be it there already or not."""
        path = self.path_of(claim)
        at = ("claims", self.number_of(path, claim), field)
        self._splice(path, lambda text: set_value(text, at, value, CLAIM_ORDER), f"`{field}` can't be set there")

    def accept(self, claim: str, code: str, why: str) -> None:
        """A warning of a claim that may stand, with the reason."""
        path = self.path_of(claim)
        number = self.number_of(path, claim)
        self._splice(path, lambda text: accepted(text, number, code, why), "`accept` can't be set there")

    def take_field(self, claim: str, field: str) -> None:
        """No such field of a claim any more."""
        path = self.path_of(claim)
        at = ("claims", self.number_of(path, claim), field)
        self._splice(path, lambda text: take_out(text, at), f"there is no `{field}`")

    def _splice(self, path: str, change: Callable[[str], str], otherwise: str) -> None:
        try:
            self.change(path, change(self.text(path)))
        except Refused as refused:
            raise _not_readable(path, refused) from None
        except NoSuchValue:
            raise Trouble(f"{one_line(path)} can't be changed so: {otherwise}") from None

    # -- what comes of it -----------------------------------------------------------------------------------------------

    def changes(self) -> list[Change]:
        """The files that would be written, in the order in which they were first changed."""
        return [Change(path, self._read[path], data) for path, data in self._new.items() if data != self._read[path]]

    def compared(self, renamed: Mapping[str, str] | None = None) -> Compared:
        """What the changes do to the ledger."""
        return self.judge.compared(Overlaid(self.tree, self._new), renamed)

    def write(self, dry_run: bool = False, renamed: Mapping[str, str] | None = None) -> Written:
        """Put the changes onto the disk, or only say what they would be. Raises Trouble, and writes nothing, where they bring in an
        error that was not there before; `renamed` are ids that are called otherwise now."""
        changes = self.changes()
        if not changes:
            return Written((), "", (), (), self.judge.ledger)
        compared = self.compared(renamed)
        if compared.errors:
            raise Trouble(_refusal(compared.errors))
        if not dry_run:
            replace_files(self.root, changes, self._is_alone)
        text = "".join(difference(change) for change in changes)
        return Written(tuple(change.path for change in changes), text, tuple(compared.new), tuple(compared.gone), compared.ledger)


def write_new_files(root: str, files: Mapping[str, bytes], dry_run: bool = False) -> Written:
    """Write files where there are none, all or none of them, in their order; raises Trouble where one is there already, or where the
    ledger would not pass `check` with them."""
    with Edit(root) as edit:
        for path, data in files.items():
            edit.create(path, data)
        return edit.write(dry_run)


def difference(change: Change) -> str:
    """The unified difference of a file; of one that is no text of YAML, how many bytes it has."""
    if change.path.startswith((f"{SEEDS_FOLDER}/", "originals/")) or not change.path.endswith((".yaml", ".yml", ".json", ".gitattributes")):
        was = "" if change.before is None else f", before {len(change.before)}"
        return f"+++ {one_line(change.path)} ({len(change.after)} bytes{was})\n"
    old, new = ((data or b"").decode("utf-8", "replace").split("\n") for data in (change.before, change.after))
    names = "/dev/null" if change.before is None else f"a/{change.path}", f"b/{change.path}"
    if len(old) == len(new):
        return "\n".join([f"--- {names[0]}", f"+++ {names[1]}", *_line_by_line(old, new)]) + "\n"
    start, end = _alike(old, new)
    lines = list(unified_diff(old[start : len(old) - end], new[start : len(new) - end], *names, lineterm="", n=3))
    return "\n".join([*lines[:2], *(_moved(line, start) for line in lines[2:])]) + "\n"


def _line_by_line(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    """The hunks of two texts of as many lines, of which each stands for the other: a comparison of all with all would take minutes where
    a name stands in thousands of lines."""
    differing = [number for number in range(len(old)) if old[number] != new[number]]
    groups: list[list[int]] = []
    for number in differing:
        if groups and number - groups[-1][-1] <= 2 * AROUND:
            groups[-1].append(number)
        else:
            groups.append([number])
    for group in groups:
        first, last = max(0, group[0] - AROUND), min(len(old), group[-1] + AROUND + 1)
        yield f"@@ -{first + 1},{last - first} +{first + 1},{last - first} @@"
        number = first
        while number < last:
            behind = next((place for place in range(number, last) if (old[place] == new[place]) != (old[number] == new[number])), last)
            if old[number] == new[number]:
                yield from (f" {line}" for line in old[number:behind])
            else:
                yield from (f"-{line}" for line in old[number:behind])
                yield from (f"+{line}" for line in new[number:behind])
            number = behind


def _alike(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """How many lines at the beginning and at the end need no comparing: all that are the same but three."""
    most = min(len(old), len(new))
    start = next((number for number in range(most) if old[number] != new[number]), most)
    end = next((number for number in range(most - start) if old[-1 - number] != new[-1 - number]), most - start)
    return max(0, start - 3), max(0, end - 3)


def _moved(line: str, by: int) -> str:
    """A line of a difference, those with line numbers counted from the beginning of the file."""
    if not line.startswith("@@ "):
        return line
    numbers = line.split(" ")
    for place in (1, 2):
        sign, first, *count = numbers[place][0], *numbers[place][1:].split(",")
        numbers[place] = sign + ",".join([str(int(first) + by), *count])
    return " ".join(numbers)


def _id_of(item: object) -> str | None:
    part = getattr(item, "fields", {}).get("id")
    return part.text if part is not None else None


def _not_readable(path: str, refused: Refused) -> Trouble:
    found = refused.refusal
    return Trouble(f"{one_line(path)}:{found.line}:{found.column}: {one_line(found.message)}: mend that first; nothing was written")


def _refusal(errors: Sequence[Diagnostic]) -> str:
    """Why something is not written."""
    told = [
        f"{one_line(found.path)}:{found.line}:{found.column}: {found.code} {one_line(found.message)}"
        + (f" ({one_line(found.help)})" if found.help else "")
        for found in errors[:TOLD]
    ]
    more = f"; and {len(errors) - TOLD} more" if len(errors) > TOLD else ""
    return f"not written, since it would not pass `check`: {'; '.join(told)}{more}"
