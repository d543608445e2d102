"""What ledger.yaml says of a property: its kind, its options, what it implies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from ledger.model import STANCES, Implication, Position, Property
from ledger.reading.circles import circle_words, circles, shortened
from ledger.reading.fields import Taker, positions, take_true
from ledger.reading.says import sentences_of
from ledger.reading.yaml_nodes import Listing, Node
from ledger.reading.yaml_nodes import Mapping as Fields
from ledger.texts.dates import NO_TIME, DateProblem, parse_duration
from ledger.texts.display import one_line, some_of
from ledger.texts.figures import FigureProblem, parse_share, parse_tolerance

MOST_IMPLIED = 50  # things that a value of a property implies

KINDS = {"values": "choice", "quantity": "quantity", "date": "date", "event": "event", "text": "text"}

FITS = {
    "compatible": ("choice",),
    "parts": ("choice", "event", "quantity"),
    "tolerance": ("quantity",),
    "cumulative": ("quantity",),
    "part-of": ("quantity",),
    "once": ("event",),
    "implies": ("choice", "event"),
    "timeless": ("choice", "quantity", "date", "text"),
}

PROPERTY_FIELDS = ("title", "says", "denied", *KINDS, *FITS, "subjects", "lasts", "note")

IMPLICATION_FIELDS = ("subject", "property", "value", "stance", "extent")


def _property(take: Taker, key: str, where: Position, fields: Fields) -> Property:
    take.known_fields(fields, PROPERTY_FIELDS, "a property")
    at: dict[str, Position] = {"": where, **positions(fields)}
    noted = len(take.flaws)
    values, value_names = take.named(fields, "values")
    unit = take.text(fields, "quantity")
    is_date, is_event, is_text = (take.flag(fields, kind) for kind in ("date", "event", "text"))
    badly_shaped = len(take.flaws)
    given = [kind for kind in KINDS if kind in fields.keys and not (kind in ("date", "event", "text") and not take_true(fields, kind))]
    found = [kind for kind, yes in zip(KINDS, (bool(values), bool(unit), is_date, is_event, is_text), strict=True) if yes]
    title = take.text(fields, "title") or key
    if len(found) != 1 or len(given) > 1:
        which = "none" if not given else " and ".join(f"`{kind}`" for kind in given)
        if len(given) > 1 or badly_shaped == noted:  # what is badly shaped is told already
            take.flaw(
                "property_kind",
                where,
                f"property `{one_line(key)}` must be one of five kinds, and is {which}",
                "give it one of `values: [...]`, `quantity: unit`, `date: true`, `event: true`, `text: true`",
                "",
                len(key),
            )
        return Property(key, title, "text", at, usable=False)
    kind = KINDS[found[0]]
    usable = True
    options = {name: take.flag(fields, name) for name in ("parts", "cumulative", "once", "timeless")}
    for name, kinds in FITS.items():
        if name in fields.keys and kind not in kinds and options.get(name, True):
            take.flaw(
                "misplaced_option",
                fields.keys[name],
                f"`{name}` does not go with `{found[0]}`",
                f"it goes with {' and '.join(_kind_words(kinds))}",
                name,
                len(name),
            )
            usable = False
    for one, other, yes in (
        ("lasts", "timeless", options["timeless"]),
        ("lasts", "once", options["once"]),
        ("timeless", "cumulative", options["timeless"] and options["cumulative"]),
    ):
        if yes and one in fields.keys and other in fields.keys:
            take.flaw("misplaced_option", fields.keys[one], f"`{one}` does not go with `{other}`", "delete one of the two", one, len(one))
            usable = False
    lasts, lasts_text = NO_TIME, take.text(fields, "lasts") or ""
    if lasts_text:
        try:
            lasts = parse_duration(lasts_text)
        except DateProblem as problem:
            take.flaw("bad_option", fields.items["lasts"], f"`lasts: {one_line(lasts_text)}` can't be read", str(problem), "lasts")
            usable = False
    tolerance = None
    tolerance_text = take.text(fields, "tolerance")
    if tolerance_text:
        try:
            tolerance = parse_tolerance(tolerance_text)
        except FigureProblem as problem:
            take.flaw(
                "bad_option", fields.items["tolerance"], f"`tolerance: {one_line(tolerance_text)}` can't be read", str(problem), "tolerance"
            )
            usable = False
    for repeated in sorted(value for value, times in Counter(values).items() if times > 1):
        take.flaw("bad_option", fields.items["values"], f"the value `{one_line(repeated)}` stands twice", "keep one", "values")
    subjects, subject_names = take.named(fields, "subjects")
    says, denied = sentences_of(take, fields, kind, values, subjects, options["parts"])
    return Property(
        key,
        title,
        kind,
        at,
        values,
        _compatible(take, fields, values),
        unit or "",
        tolerance,
        subjects,
        options["parts"],
        options["cumulative"],
        options["once"],
        options["timeless"],
        lasts,
        lasts_text,
        _implications(take, fields, kind, values),
        usable,
        take.text(fields, "note"),
        take.text(fields, "part-of") if kind == "quantity" else None,
        value_names=value_names,
        subject_names=subject_names,
        says=says,
        denied=denied,
    )


def _kind_words(kinds: Iterable[str]) -> list[str]:
    words = {kind: field for field, kind in KINDS.items()}
    return [f"`{words[kind]}`" for kind in kinds]


def _compatible(take: Taker, fields: Fields, values: tuple[str, ...]) -> frozenset[frozenset[str]]:
    node = fields.items.get("compatible")
    pairs: set[frozenset[str]] = set()
    known = frozenset(values)
    if node is None:
        return frozenset()
    if type(node) is not Listing:
        take.flaw("wrong_shape", node, "`compatible` must be a list of pairs", "write it as [[one, other]]", "compatible")
        return frozenset()
    for item in node.items:
        pair = [scalar.text for scalar in take.scalars(item, "compatible")]
        if len(pair) != 2 or pair[0] == pair[1]:
            take.flaw(
                "wrong_shape", item, "each entry of `compatible` must be a pair of two values", "write it as [[one, other]]", "compatible"
            )
            continue
        for value in pair:
            if value not in known:
                take.flaw(
                    "bad_option",
                    item,
                    f"`compatible` names `{one_line(value)}`, which is none of the values",
                    take.hints.did_you_mean(value, values) or f"its values are {some_of(values)}",
                    "compatible",
                )
        pairs.add(frozenset(pair))
    return frozenset(pairs)


def _implications(take: Taker, fields: Fields, kind: str, values: tuple[str, ...]) -> Mapping[str | None, tuple[Implication, ...]]:
    node = fields.items.get("implies")
    if node is None or kind not in ("choice", "event"):
        return {}
    if kind == "event":
        return {None: _implication_list(take, node)}
    known = frozenset(values)
    by_value = take.mapping(node, "`implies` of a choice (a list for each value)")
    found: dict[str | None, tuple[Implication, ...]] = {}
    for value, child in (by_value.items if by_value else {}).items():
        assert by_value is not None
        if value not in known:
            take.flaw(
                "bad_option",
                by_value.keys[value],
                f"`implies` names `{one_line(value)}`, which is none of the values",
                take.hints.did_you_mean(value, values) or f"its values are {some_of(values)}",
                "implies",
                len(value),
            )
            continue
        found[value] = _implication_list(take, child)
    return found


def _implication_list(take: Taker, node: Node) -> tuple[Implication, ...]:
    if type(node) is not Listing:
        take.flaw("wrong_shape", node, "`implies` must be a list of what is implied", "write `- {property: ..., value: ...}`", "implies")
        return ()
    found = []
    for item in node.items:
        fields = take.mapping(item, "each entry of `implies`")
        if fields is None:
            continue
        take.known_fields(fields, IMPLICATION_FIELDS, "an implication")
        for required in ("property", "value"):
            if required not in fields.keys:
                take.flaw("missing_field", fields, f"`{required}` is missing from what is implied", f"write `{required}: ...`", required)
        stance = take.text(fields, "stance") or "asserts"
        extent = take.text(fields, "extent")
        if stance not in ("asserts", "denies"):
            hint = (stance not in STANCES and take.hints.did_you_mean(stance, STANCES)) or "what is implied is asserted or denied"
            take.flaw("bad_option", fields.items["stance"], f"`stance: {one_line(stance)}` can't be implied", hint, "stance")
            continue
        implied, value = take.text(fields, "property"), take.text(fields, "value")
        if implied and value:
            found.append(
                Implication(take.text(fields, "subject"), implied, value, stance, extent or ("all" if stance == "asserts" else ""))
            )
    return tuple(found)


def _check_implications(take: Taker, properties: dict[str, Property]) -> dict[str, Property]:
    """The properties with only those implications that can be carried out."""
    checked: dict[str, Property] = {}
    links = {name: [step.property for steps in known.implies.values() for step in steps] for name, known in properties.items()}
    values = {name: frozenset(known.values) for name, known in properties.items()}
    circular: set[str] = set()
    for circle in circles(links):
        circular.update(circle)
        at = properties[circle[0]].at.get("implies", properties[circle[0]].at[""])
        take.flaw("circle", at, circle_words("implies", circle), "delete one of the implications", "implies")
    for name, known in properties.items():
        kept: dict[str | None, tuple[Implication, ...]] = {}
        for value, steps in known.implies.items():
            kept[value] = tuple(
                step
                for step in steps
                if not (name in circular and step.property in circular) and _can_imply(take, known, step, properties, values)
            )
        checked[name] = known._replace(implies=kept)
    return {name: _few_implied(take, known, checked) for name, known in checked.items()}


def _few_implied(take: Taker, known: Property, properties: Mapping[str, Property]) -> Property:
    """The property without what it implies of a value, where that is more, further implications included, than can be worked out for
    every claim."""
    kept = {}
    for value, steps in known.implies.items():
        if _implied_by(steps, properties) <= MOST_IMPLIED:
            kept[value] = steps
        else:
            at = known.at.get("implies", known.at[""])
            told = f" `{one_line(value)}`" if value is not None else ""
            message = f"`{known.id}`{told} implies more than {MOST_IMPLIED} other things, further implications included"
            take.flaw("bad_implication", at, message, "name those alone that somebody could dispute", "implies")
    return known if len(kept) == len(known.implies) else known._replace(implies=kept)


def _implied_by(steps: Iterable[Implication], properties: Mapping[str, Property]) -> int:
    """How many different things are implied, further implications included; no more than one above MOST_IMPLIED are counted."""
    seen: dict[Implication, None] = dict.fromkeys(steps)
    waiting = list(seen)
    while waiting and len(seen) <= MOST_IMPLIED:
        step = waiting.pop()
        for further in properties[step.property].implies.get(step.value, ()):
            if further not in seen:
                seen[further] = None
                waiting.append(further)
    return len(seen)


def _check_wholes(take: Taker, properties: dict[str, Property]) -> dict[str, Property]:
    """The properties with all that each is part of; a `part-of` that can't be is told and left out."""
    links = {name: known.part_of for name, known in properties.items()}
    for name, known in properties.items():
        whole = known.part_of
        if whole is None or whole == name:  # (part of itself: the shortest circle)
            continue
        if not known.usable or (whole in properties and not properties[whole].usable):  # (told already)
            links[name] = None
            continue
        problem, hint = _unfit_whole(take, known, properties)
        if problem:
            message = f"`part-of` of `{one_line(name)}`: {problem}"
            take.flaw("unfit_whole", known.at["part-of"], message, hint, "part-of")
            links[name] = None
    for circle in circles({name: [whole] if whole else [] for name, whole in links.items()}):
        take.flaw("circle", properties[circle[0]].at["part-of"], circle_words("part-of", circle), "delete one of the links", "part-of")
        for name in circle:
            links[name] = None
    for name in shortened(take, links, properties, "part-of"):
        links[name] = None
    checked = {}
    for name, known in properties.items():
        wholes: list[str] = []
        while (above := links[wholes[-1] if wholes else name]) is not None:
            wholes.append(above)
        checked[name] = known._replace(wholes=tuple(wholes)) if wholes else known
    return checked


def _unfit_whole(take: Taker, known: Property, properties: Mapping[str, Property]) -> tuple[str, str]:
    """Why a property can't be part of the one that it names, and what to do; nothing where it can."""
    name = known.part_of or ""
    whole = properties.get(name)
    if whole is None:
        hint = take.hints.did_you_mean(name, properties) or "name the property that counts the whole, or add it to `properties`"
        return f"no property has the id `{one_line(name)}`", hint
    if whole.type != "quantity":
        return f"`{one_line(name)}` is no quantity", "only figures are compared with a whole's: delete `part-of`"
    shown = one_line(name)
    if whole.unit != known.unit:
        return f"`{shown}` is counted in {one_line(whole.unit)}, not in {one_line(known.unit)}", "give both the same unit"
    for option, one, other in (("cumulative", known.cumulative, whole.cumulative), ("timeless", known.timeless, whole.timeless)):
        if one != other:
            return f"`{shown}` is {'not ' if one else ''}`{option}`", f"write `{option}: true` of both, or of neither"
    if set(known.subjects) != set(whole.subjects):
        return f"`{shown}` has other subjects", "give both the same subjects, or none"
    return "", ""


def _can_imply(
    take: Taker, known: Property, step: Implication, properties: dict[str, Property], values: Mapping[str, frozenset[str]]
) -> bool:
    at = known.at.get("implies", known.at[""])
    target = properties.get(step.property)
    problem, hint = "", ""
    if target is None:
        problem, hint = (
            f"no property has the id `{one_line(step.property)}`",
            take.hints.did_you_mean(step.property, properties) or "add it to `properties`",
        )
    elif target.type != "choice" or target.timeless:
        problem = f"`{step.property}` can't be implied"
        hint = "what is implied is a choice that is not timeless"
    elif step.value not in values[target.id]:
        problem = f"`{one_line(step.value)}` is no value of `{step.property}`"
        hint = take.hints.did_you_mean(step.value, target.values) or f"its values are {some_of(target.values)}"
    elif step.subject is not None and step.subject not in known.subjects:
        problem = f"`{one_line(step.subject)}` is no subject of `{known.id}`"
        hint = take.hints.did_you_mean(step.subject, known.subjects) or "delete `subject`"
    elif target.subjects and not known.subjects:
        problem, hint = f"`{step.property}` has subjects, and `{known.id}` has none to hand on", "give both the same subjects"
    elif target.subjects and not (set(known.subjects) if step.subject is None else {step.subject}) <= set(target.subjects):
        problem, hint = f"`{step.property}` has not the subjects that `{known.id}` hands on", "give both the same subjects"
    elif not target.parts and step.extent not in ("all", ""):
        problem, hint = (
            f"`{step.property}` has no parts, so nothing of an extent can be implied",
            "give the property `parts: true`, or delete `extent` where all of the place is meant",
        )
    elif target.parts:
        problem, hint = _extent_problem(step)
    if problem:
        take.flaw("bad_implication", at, f"`implies` of `{known.id}`: {problem}", hint, "implies")
    return not problem


def _extent_problem(step: Implication) -> tuple[str, str]:
    if step.stance == "denies" and not step.extent:
        return "a denial needs its `extent`", 'write extent: all, most, part, or ">=N%"'
    try:
        parse_share(step.extent)
    except FigureProblem as problem:
        return f"`extent: {one_line(step.extent)}` can't be read", str(problem)
    if step.stance == "denies" and not denial_extent(step.extent):
        return f"`extent: {one_line(step.extent)}` can't be denied", 'write extent: all, most, part, or ">=N%"'
    return "", ""


def denial_extent(extent: str) -> bool:
    """Whether an extent is of a form that can be denied: all, most, part or `>=N%` (`100%` is all)."""
    return extent in ("all", "most", "part", "100%") or extent.startswith(">=")
