"""The fields of every table that is handed on: names, types (those of Table Schema), and what stands in them."""

from __future__ import annotations

from typing import NamedTuple

from ledger.model import CLAIM_FIELDS, REASONS, TEXT

AS_WRITTEN = "as written"


class Field(NamedTuple):
    """A column. A list (`array`) or a mapping (`object`) is JSON in its cell."""

    name: str
    type: str = "string"
    words: str = ""


def claim_fields() -> tuple[Field, ...]:
    """The fields of a claim as it is written, with their own names, then what is known of it."""
    types = {TEXT: "string", REASONS: "object"}
    written = tuple(Field(name, types.get(field.kind, "array"), AS_WRITTEN) for name, field in CLAIM_FIELDS.items())
    return written + _OF_A_CLAIM


_OF_A_CLAIM = (
    Field("says", "string", "what the claim says, as a sentence"),
    Field("place_name", "string", "the place's name in the ledger's language"),
    Field("claimant_name", "string", "the claimant's name"),
    Field("side", "string", "the side that the claimant speaks for"),
    Field("seed", "string", "the file of the text that it was read from"),
    Field("language", "string", "of the seed"),
    Field("published", "string", "when the seed was published"),
    Field("path", "string", "the claims file"),
    Field("line", "integer", "the line in the claims file"),
    Field("column", "integer", "the column there"),
    Field("seed_line", "integer", "the line of the quote in the seed; empty where the quote was not found"),
    Field("spans", "array", "where the quote stands in the seed's text (NFC), [start, end] in code points"),
    Field("written", "array", "the fields that are written; the others were filled in"),
    Field("takes_part", "boolean", "false where a defect keeps the claim out of contradictions"),
)

CONTRADICTION = (
    Field("claim_a", "string", "the id of one claim, the smaller of the two"),
    Field("claim_b", "string", "the id of the other"),
    Field("kind", "string", "denial, figure, exclusive or tension"),
    Field("strength", "string", "certain or possible"),
    Field("relation", "string", "relayed, own, within or across"),
    Field("place", "string", "the place of the question"),
    Field("property", "string", "the property of the question"),
    Field("subject", "string", "of whom it is asked"),
    Field("reason", "string", "why, in words"),
    Field("rule", "string", "what found it: values, disputes or tension"),
    *(
        Field(f"{name}_{side}", "string", words)
        for side in ("a", "b")
        for name, words in (
            ("says", "what the claim says, as a sentence"),
            ("claimant", "who says so"),
            ("said", "when it was said"),
            ("quote", "the words"),
        )
    ),
    Field("corrected", "array", "[corrected, by]: the claims of the two that were taken back"),
    Field("times", "object", "the times of both as they were understood"),
    Field("implied", "object", "of each that implies it, the properties that lead here"),
    Field("hangs_on", "string", "what a possible one hangs on"),
    Field("settled_by", "string", "what would settle it"),
    Field("noted_claims", "array", "of a tension, the ids as they were noted: the question is that of the first"),
    Field("noted_by", "string", "who noted it"),
    Field("noted_on", "string", "when"),
    Field("noted_why", "string", "why"),
    Field("resolution_found", "string", "what a curator found: explained, superseded or open"),
    Field("resolution_by", "string", "who"),
    Field("resolution_on", "string", "when"),
    Field("resolution_why", "string", "why"),
    Field("resolution_fingerprint", "string", "of the two claims when it was written"),
    Field("resolution_current", "boolean", "false where a claim has changed since"),
    Field("resolution_path", "string", "the claims file with the resolution"),
    Field("resolution_line", "integer", "its line there"),
)

PLACE = (
    Field("id"),
    Field("name", "string", "in the ledger's language"),
    Field("kind"),
    Field("names", "object", "by language"),
    Field("spellings", "array"),
    Field("former", "array", "former names"),
    Field("within", "string", "the id of a larger place"),
    Field("qid", "string", "in Wikidata"),
    Field("geonames", "string", "in GeoNames"),
    Field("note"),
    Field("short", "string", "what it is called in a sentence"),
    Field("latitude", "number"),
    Field("longitude", "number"),
)

CLAIMANT = (
    Field("id"),
    Field("name"),
    Field("other_names", "array"),
    Field("kind"),
    Field("side", "string", "as written"),
    Field("of", "string", "the claimant whose word its word is"),
    Field("speaks_for", "string", "its side, or that of the one it is of"),
    Field("word_of", "string", "the top of that chain: the mouth"),
    Field("note"),
)

PROPERTY = (
    Field("id"),
    Field("title"),
    Field("type", "string", "choice, quantity, date, event or text"),
    Field("values", "array"),
    Field("unit"),
    Field("subjects", "array"),
    Field("parts", "boolean", "whether parts of a place can differ"),
    Field("cumulative", "boolean"),
    Field("once", "boolean"),
    Field("timeless", "boolean"),
    Field("lasts_text", "string", "how long it is presumed to last"),
    Field("part_of", "string", "the quantity that it is part of"),
    Field("note"),
)

SEED = (
    Field("name", "string", "the file in seeds/"),
    Field("path", "string", "the claims file"),
    Field("sha256", "string", "of the seed's bytes, as the claims file has it"),
    Field("language"),
    Field("published"),
    Field("head", "object", "what else the claims file says of it"),
    Field("claims", "integer", "how many were read from it"),
    Field("passed_over", "integer", "sentences that state nothing recorded here"),
    Field("text", "string", "in Unicode NFC, as `spans` counts"),
)

READING = (
    Field("claim", "string", "the claim's id"),
    Field("path"),
    Field("line", "integer"),
    Field("place"),
    Field("property", "string", "the claim's own, or one that it implies"),
    Field("subject"),
    Field("value"),
    Field("stance"),
    Field("mouth", "string", "who speaks, in the end"),
    Field("steps", "array", "the properties through which it is implied; none: as written"),
    Field("start", "string", "the first day on which it may begin; empty: without a beginning"),
    Field("start_latest", "string", "the last day on which it may begin"),
    Field("end_earliest", "string", "the first day on which it may end"),
    Field("end", "string", "the last day that is vouched for; empty: without an end"),
    Field("presumed_until", "string", "the last day of the presumption"),
    *(
        Field(f"{name}_{end}", kind, words)
        for name, words in (("share", "of a choice, how much of the place"), ("figure", "of a quantity"))
        for end, kind in (("least", "number"), ("least_open", "boolean"), ("most", "number"), ("most_open", "boolean"))
    ),
)

ABOUT = (Field("key"), Field("value"))
