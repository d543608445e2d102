"""What the head of a claims file says of where its seed comes from: the originals, and how the text was made from them (DESIGN section 8)."""

from __future__ import annotations

from ledger.model import MadeText, Original
from ledger.reading.fields import Taker, positions
from ledger.reading.yaml_nodes import Listing, Node
from ledger.reading.yaml_nodes import Mapping as Fields

ORIGINAL_FIELDS = ("file", "sha256", "type", "captured", "with", "url", "record", "note")
TEXT_FIELDS = ("by", "from", "to")
_ENTRY, _MADE = "an entry of `original`", "`text`"


def take_originals(take: Taker, node: Node | None) -> tuple[Original, ...]:
    """The entries of `original`, in the order in which they stand."""
    if node is None:
        return ()
    if not isinstance(node, Listing):
        take.flaw(
            "wrong_shape", node, "`original` must be a list", "write `original:`, and below it `- {file: ..., sha256: ...}`", "original"
        )
        return ()
    return tuple(_original(take, fields) for item in node.items if (fields := take.mapping(item, _ENTRY)) is not None)


def _original(take: Taker, fields: Fields) -> Original:
    take.known_fields(fields, ORIGINAL_FIELDS, _ENTRY)
    if "sha256" not in fields.keys:
        take.flaw("missing_field", fields, f"`sha256` is missing from {_ENTRY}", "write what `sha256sum` prints for it", "sha256")
    said = {key: take.text(fields, key) for key in ORIGINAL_FIELDS}
    return Original(
        said["file"],
        said["sha256"] or "",
        said["type"],
        said["captured"],
        said["with"],
        said["url"],
        said["record"],
        said["note"],
        fields.line,
        fields.column,
        positions(fields),
    )


def take_text(take: Taker, node: Node | None) -> MadeText | None:
    """What `text` says; None where it is absent, or says nothing that can be read."""
    fields = take.mapping(node, _MADE)
    if fields is None:
        return None
    take.known_fields(fields, TEXT_FIELDS, _MADE)
    if "by" not in fields.keys:
        take.flaw("missing_field", fields, f"`by` is missing from {_MADE}", "write `by: hand`, or the rule or program that made it", "by")
    by = take.text(fields, "by")
    first, last = take.text(fields, "from"), take.text(fields, "to")
    return MadeText(by, first, last, fields.line, fields.column, positions(fields)) if by is not None else None
