"""Fields and ids (F)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice

from ledger.model import Claim, Finding, Related
from ledger.rules.registry import ERROR, at_field, check
from ledger.rules.views import FileView, LedgerView, VocabularyView
from ledger.texts.display import SLUG, one_line


@check("F201", ERROR, "file", "vocabulary")
def unknown_field(view: FileView | VocabularyView) -> Iterator[Finding]:
    """A field that the ledger does not know. Read past silently, a mistyped `extnet` would change what a claim says.

    Remedy: the name that was meant; a remark goes into `note`.
    Bad:
        - id: power-on
          property: power
          value: on
          extnet: most
    Good:
        - id: power-on
          property: power
          value: on
          extent: most
    """
    return view.flaws("unknown_field")


@check("F202", ERROR, "file", "vocabulary", "ledger")
def missing_field(view: FileView | VocabularyView | LedgerView) -> Iterator[Finding]:
    """A field without which the entry says nothing: of a file `seed`, `sha256`, `language`, `published`, `claims`; of a claim
    `id`, `place`, `property`, `claimant`, `said`, `quote`.

    Remedy: write it. What the text does not say is not made up: such a claim can't be recorded.
    Bad:
        - {id: bridge-open, place: millbrook, property: bridge, value: open,
           claimant: ministry, quote: The bridge at Millbrook is open}
    Good:
        - {id: bridge-open, place: millbrook, property: bridge, value: open,
           claimant: ministry, said: 2025-03-10, quote: The bridge at Millbrook is open}
    """
    return _without_fingerprint(view) if isinstance(view, LedgerView) else view.flaws("missing_field")


def _without_fingerprint(view: LedgerView) -> Iterator[Finding]:
    """The resolutions without a fingerprint, each with the one to write: it follows from both claims, wherever these stand."""
    without = [resolution for file in view.ledger.files for resolution in file.resolutions if not resolution.fingerprint]
    if not without:
        return
    from ledger.conflicts.resolutions import fingerprints  # with all that finds contradictions, which most checks never need

    for resolution, right in fingerprints(view.noted, without):
        remedy = f"if it holds of the claims as they are, write fingerprint: '{right}'" if right else "mend its claims first"
        message = "`fingerprint` is missing from a resolution"
        yield Finding(resolution.line, resolution.column, message, remedy, path=resolution.path, excludes=False)


@check("F203", ERROR, "file", "vocabulary")
def wrong_shape(view: FileView | VocabularyView) -> Iterator[Finding]:
    """A list where a text is wanted, a text where a list is wanted, and the like. Nothing is guessed from it, so what it says is lost.

    Remedy: the form that the message names: a text, a list `[one, two]`, a mapping `{key: text}`.
    Bad:
        - id: bridge-open
          accept: Q310
    Good:
        - id: bridge-open
          accept: {Q310: the hedge is about the road}
    """
    return view.flaws("wrong_shape")


@check("F204", ERROR, "file", "vocabulary")
def empty_field(view: FileView | VocabularyView) -> Iterator[Finding]:
    """A field is named and nothing stands behind it: forgotten, or meant to be empty, nobody can tell.

    Remedy: write its text, or delete the line.
    Bad:
        - id: bridge-open
          note:
    Good:
        - id: bridge-open
          note: said at the opening
    """
    return view.flaws("empty_field")


_SLUGS = re.compile(r"(?:[a-z0-9]++(?:-[a-z0-9]++)*+\n)*+")


@check("F205", ERROR, "file", "vocabulary")
def bad_id(view: FileView | VocabularyView) -> Iterator[Finding]:
    """An id is of small letters a-z, digits and single hyphens between them. Ids are stable for ever and stand in other files.

    Remedy: write such an id.
    Bad:
        - id: Bridge_Open
          place: millbrook
    Good:
        - id: bridge-open
          place: millbrook
    """
    yield from view.flaws("bad_id")
    if isinstance(view, FileView):
        claims = view.file.claims
        ids = [claim.id for claim in claims]
        joined = "\n".join([*ids, ""])
        if joined.count("\n") == len(ids) and _SLUGS.fullmatch(joined) and len(max(ids, key=len, default="")) <= 120:
            return  # the quick answer for nearly every file
        for claim in claims:
            if claim.id and (SLUG.fullmatch(claim.id) is None or len(claim.id) > 120):
                yield at_field(
                    claim,
                    "id",
                    f"`{one_line(claim.id)}` is no id of a claim",
                    "an id is of small letters a-z, digits and single hyphens between them",
                )


@check("F206", ERROR, "ledger")
def id_taken_twice(view: LedgerView) -> Iterator[Finding]:
    """Two claims bear one id. Which of them a reference means can't be told, so neither takes part in contradictions.

    Remedy: give one of them another id.
    Bad:
        - id: bridge-open
          claimant: ministry
        - id: bridge-open
          claimant: paper
    Good:
        - id: bridge-open
          claimant: ministry
        - id: bridge-open-too
          claimant: paper
    """
    if not view.taken_twice:
        return
    holders: dict[str, list[Claim]] = defaultdict(list)
    for file in view.ledger.files:
        for claim in file.claims:
            if claim.id:
                holders[claim.id].append(claim)
    for name, claims in holders.items():
        if len(claims) < 2:
            continue
        for claim in claims:
            others = tuple(
                Related(other.path, *other.at.get("id", (other.line, other.column)), "also here")
                for other in islice(claims, 6)
                if other is not claim
            )[:5]
            where = f"{others[0].path}:{others[0].line}"
            yield at_field(
                claim, "id", f"the id `{one_line(name)}` is taken twice, also in {where}", "give one of the claims another id", others
            )
