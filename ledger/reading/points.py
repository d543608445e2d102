"""Where on the globe a place lies, as `point: [latitude, longitude]` says it: degrees as plain decimal numbers, taken or refused, never guessed."""

from __future__ import annotations

import re

from ledger.model import Point
from ledger.reading.fields import Taker
from ledger.reading.yaml_nodes import Listing, Node, Scalar
from ledger.reading.yaml_nodes import Mapping as Fields
from ledger.texts.display import one_line, shorten

_DEGREES, _WITH_COMMA, _WHOLE = r"-?[0-9]{1,3}(?:\.[0-9]{1,15})?", "(-?[0-9]{1,3}),([0-9]{1,15})", "-?[0-9]{1,15}"
_REMEDY = "write latitude, then longitude, in degrees: point: [48.28, 37.18]"
_ANGLES = (("latitude", 90), ("longitude", 180))


def point_in(take: Taker, fields: Fields) -> Point | None:
    """The point of a place, latitude first; None where none is given, or what is given is none, which is noted."""
    node = fields.items.get("point")
    if node is None:
        return None
    if type(node) is not Listing or len(node.items) != 2:
        take.flaw("bad_point", node, "`point` must be a list of two numbers", _shape_remedy(node), "point")
        return None
    latitude, longitude = (_degrees(take, item, angle) for item, (angle, _) in zip(node.items, _ANGLES, strict=True))
    if latitude is None or longitude is None:
        return None
    for item, number, (angle, most) in zip(node.items, (latitude, longitude), _ANGLES, strict=True):
        if abs(number) > most:
            message = f"{angle} {item.text if type(item) is Scalar else number} is not between -{most} and {most}"
            take.flaw("bad_point", item, message, _range_remedy(node, latitude, longitude), "point")
            return None
    return latitude, longitude


def _degrees(take: Taker, item: Node, angle: str) -> float | None:
    if type(item) is not Scalar:
        take.flaw("bad_point", item, f"the {angle} of a `point` must be a number", _REMEDY, "point")
        return None
    if re.fullmatch(_DEGREES, item.text):
        return float(item.text) + 0.0  # (-0 is 0)
    comma = re.fullmatch(_WITH_COMMA, item.text)
    remedy = (
        f"write a point before the decimals: {comma[1]}.{comma[2]}"
        if comma
        else f"write the {angle} in degrees as a plain decimal number, with a minus for south and west: 48.28, -0.13"
    )
    take.flaw("bad_point", item, f"the {angle} `{shorten(one_line(item.text), 80)}` is no number of degrees", remedy, "point")
    return None


def _shape_remedy(node: Node) -> str:
    if type(node) is Scalar:
        parts = [part.strip(" []()") for part in node.text.split(",")]
        if len(parts) == 2 and all(re.fullmatch(_DEGREES, part) for part in parts):
            return f"write it in square brackets: point: [{', '.join(parts)}]"
    elif (
        type(node) is Listing
        and len(node.items) == 4
        and all(type(item) is Scalar and re.fullmatch(_WHOLE, item.text) for item in node.items)
    ):
        return "a comma parts the two numbers; write a point before the decimals: point: [48.28, 37.18]"
    return _REMEDY


def _range_remedy(node: Listing, latitude: float, longitude: float) -> str:
    """What to do about an angle that there is not; only where the two could have been swapped, that."""
    if abs(latitude) <= 180 and abs(longitude) <= 90:
        first, second = (item.text for item in node.items if type(item) is Scalar)
        return f"latitude comes first: if the two were swapped, write point: [{second}, {first}]"
    return _REMEDY
