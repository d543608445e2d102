"""Taking fields out of mappings: what is not of the shape wanted becomes a Finding, never an exception."""

from __future__ import annotations

from collections.abc import Iterable

from ledger.model import Finding, Position
from ledger.reading.yaml_nodes import Listing, Node, Scalar
from ledger.reading.yaml_nodes import Mapping as Fields
from ledger.texts.display import SLUG, one_line, shorten
from ledger.texts.suggestions import Hints


class Taker:
    """Takes fields out of mappings, and notes as flaws what is not as it should be."""

    def __init__(self) -> None:
        self.flaws: list[Finding] = []
        self.hints = Hints()

    def flaw(self, name: str, node: Node | Position, message: str, help: str = "", field: str = "", length: int = 1) -> None:
        """Note a flaw at a node or position."""
        line, column = node if isinstance(node, tuple) else (node.line, node.column)
        if isinstance(node, Scalar) and length == 1:
            length = max(1, len(node.text))
        self.flaws.append(Finding(line, column, message, help, None, length, name=name, field=field))

    def known_fields(self, fields: Fields, known: Iterable[str], what: str) -> None:
        """Note every key that is not known."""
        names = tuple(known)
        for key, place in fields.keys.items():
            if key not in names:
                hint = self.hints.did_you_mean(key, names) or f"its fields are {', '.join(sorted(names))}"
                self.flaw("unknown_field", place, f"{what} has no field `{shorten(key, 80)}`", hint, key, len(key))

    def text(self, fields: Fields, key: str, remedy: str = "") -> str | None:
        """The text of a field; None where it is absent, empty or no text. `remedy` says what to do about an empty one."""
        node = fields.items.get(key)
        if node is None:
            return None
        if type(node) is not Scalar:
            self.flaw("wrong_shape", node, f"`{key}` must be a text", "write it on one line behind the colon", key)
            return None
        if not node.text.strip():
            self.flaw("empty_field", fields.keys[key], f"`{key}` is empty", remedy or "write its text, or delete the line", key, len(key))
            return None
        return node.text

    def texts(self, fields: Fields, key: str, one_allowed: bool = False) -> tuple[str, ...]:
        """The texts of a list; with `one_allowed` a single text stands for a list of one."""
        return tuple(scalar.text for scalar in self.scalars(fields.items.get(key), key, one_allowed))

    def named(self, fields: Fields, key: str) -> tuple[tuple[str, ...], dict[str, str]]:
        """Ids as a list of texts, or as a mapping from each id to what is printed for it: the ids, and what is printed where it is said."""
        node = fields.items.get(key)
        if type(node) is not Fields:
            return self.texts(fields, key), {}
        printed = {}
        for name, child in node.items.items():
            if type(child) is not Scalar:
                self.flaw("wrong_shape", child, f"`{one_line(name)}` of `{key}` must be a text", "write what is printed for it", key)
            elif not child.text.strip():
                self.flaw(
                    "empty_field", node.keys[name], f"nothing is printed for `{one_line(name)}`", "write what it is called", key, len(name)
                )
            else:
                printed[name] = child.text
        return tuple(node.items), printed

    def scalars(self, node: Node | None, key: str, one_allowed: bool = False) -> list[Scalar]:
        """The texts of a list, with their positions."""
        if node is None:
            return []
        if type(node) is Scalar and one_allowed:
            items: list[Node] = [node]
        elif type(node) is Listing:
            items = node.items
        else:
            self.flaw("wrong_shape", node, f"`{key}` must be a list of texts", "write it as [one, other]", key)
            return []
        kept = []
        for item in items:
            if type(item) is not Scalar:
                self.flaw("wrong_shape", item, f"`{key}` must be a list of texts", "write it as [one, other]", key)
            elif not item.text.strip():
                self.flaw("empty_field", item, f"`{key}` holds an empty text", "write it, or delete it", key)
            else:
                kept.append(item)
        return kept

    def mapping(self, node: Node | None, what: str) -> Fields | None:
        """A mapping, or None with a flaw."""
        if node is None or type(node) is Fields:
            return node
        self.flaw("wrong_shape", node, f"{what} must be a mapping of fields", "write its fields indented below it")
        return None

    def flag(self, fields: Fields, key: str) -> bool:
        """A field that is `true`, `false` or absent."""
        value = self.text(fields, key)
        if value not in (None, "true", "false"):
            self.flaw("bad_option", fields.items[key], f"`{key}` is true or false, not `{one_line(value or '')}`", "", key)
        return value == "true"

    def slug(self, key: str, place: Position, what: str) -> None:
        """Note an id that is no slug."""
        if SLUG.fullmatch(key) is None or len(key) > 120:
            self.flaw(
                "bad_id",
                place,
                f"`{one_line(key)}` is no id of a {what}",
                "an id is of small letters a-z, digits and single hyphens between them",
                "",
                len(key),
            )


def positions(fields: Fields) -> dict[str, Position]:
    """Where the values of the fields stand (of an empty one, its key)."""
    return {key: (node.line, node.column) for key, node in fields.items.items()}


def take_true(fields: Fields, key: str) -> bool:
    """Whether a field is written `true`, noting nothing."""
    node = fields.items.get(key)
    return type(node) is Scalar and node.text == "true"
