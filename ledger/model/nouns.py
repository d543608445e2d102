"""The nouns of the ledger: frozen values, no input or output. References between them stay text (DESIGN section 2).

(Annotations are evaluated here: of tuples each that is a text is compiled, which every start would feel.)
"""

from builtins import property as computed  # a claim has a field called `property`
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

from ledger.model.defects import Related
from ledger.texts.dates import NO_TIME, Days, Duration, Holds
from ledger.texts.figures import Range, Tolerance
from ledger.texts.quotes import Found

if TYPE_CHECKING:
    from ledger.texts.seeds import Seed

Position = tuple[int, int]  # line and column, from 1
Point = tuple[float, float]  # latitude and longitude in degrees
STANCES = ("asserts", "denies", "doubts", "expects")
NO_QUOTES = "not checked, there are none"  # what a file's head says of `quotes` where a machine made its claims
FOUND = ("explained", "superseded", "open")  # both can be true; one was taken back or corrected; looked at, not settled


class Finding(NamedTuple):
    """One defect as it is found, by who reads a file or by a rule: where, in which words, what to do, and whose claim it is.

    What the reading finds has the `name` of the rule that tells of it, and the `field` concerned; of a rule's own both are empty.
    `path` is empty for the file that is looked at; `excludes` False says that nothing is left out of contradictions for it. `ids` are,
    of a file that was not read, those that its text seems to give to claims, with their lines.
    """

    line: int
    column: int
    message: str
    help: str = ""
    claim: "Claim | None" = None
    length: int = 1
    related: tuple[Related, ...] = ()
    path: str = ""
    excludes: bool = True
    name: str = ""
    field: str = ""
    ids: tuple[tuple[str, int], ...] = ()


class Place(NamedTuple):
    """A place: `names` by language, other `spellings`, `former` names; `within` is the id of a larger place; `short` is what it is called
    in a sentence, where that is none of its names; `point` is where on the globe it lies."""

    id: str
    kind: str
    names: tuple[tuple[str, str], ...]
    spellings: tuple[str, ...]
    former: tuple[str, ...]
    within: str | None
    at: Mapping[str, Position]
    qid: str | None = None
    geonames: str | None = None
    note: str | None = None
    short: str | None = None
    point: Point | None = None

    def name_in(self, language: str) -> str:
        """Its first name in a language, else the first that is given, else its short name or its id."""
        for code, name in self.names:
            if code == language:
                return name
        return self.names[0][1] if self.names else self.short or self.id

    def all_names(self) -> list[str]:
        """Every name and spelling, without the id."""
        named = [name for _, name in self.names]
        if self.short is not None and self.short not in named:
            named.append(self.short)
        return named + list(self.spellings) + list(self.former)


class Claimant(NamedTuple):
    """Who says something: `side` is the party it speaks for, `of` the claimant whose word its word is."""

    id: str
    name: str
    other_names: tuple[str, ...]
    side: str | None
    kind: str
    of: str | None
    at: Mapping[str, Position]
    note: str | None = None


class Implication(NamedTuple):
    """What a claim says of another property beyond argument; `subject` None: of whatever subject."""

    subject: str | None
    property: str
    value: str
    stance: str
    extent: str


class Property(NamedTuple):
    """What can be claimed, and when two values contradict. `type` is choice, quantity, date, event or text.

    `implies` is keyed by value (None for an event). `value_names` and `subject_names` are what is printed for their ids; `says` and
    `denied` are the sentences of an assertion and of a denial, by value (None: of any). `part_of` is the property that a quantity is written to be part of, `wholes`
    that one and all that it is part of in turn. A property that is not `usable` has a defect that keeps its claims from being
    compared.
    """

    id: str
    title: str
    type: str
    at: Mapping[str, Position]
    values: tuple[str, ...] = ()
    compatible: frozenset[frozenset[str]] = frozenset()
    unit: str = ""
    tolerance: Tolerance | None = None
    subjects: tuple[str, ...] = ()
    parts: bool = False
    cumulative: bool = False
    once: bool = False
    timeless: bool = False
    lasts: Duration = NO_TIME
    lasts_text: str = ""
    implies: Mapping[str | None, tuple[Implication, ...]] = {}
    usable: bool = True
    note: str | None = None
    part_of: str | None = None
    wholes: tuple[str, ...] = ()
    value_names: Mapping[str, str] = {}
    subject_names: Mapping[str, str] = {}
    says: Mapping[str | None, str] = {}
    denied: Mapping[str | None, str] = {}

    @property
    def nests(self) -> bool:
        """Whether a claim of a place can meet a claim of a place within it."""
        return self.type == "event" or self.parts


class Vocabulary(NamedTuple):
    """What `ledger.yaml` says. `flaws` is what could not be taken; `words` are more lists of words by language."""

    language: str
    places: Mapping[str, Place]
    claimants: Mapping[str, Claimant]
    properties: Mapping[str, Property]
    words: Mapping[str, Mapping[str, tuple[str, ...]]]
    flaws: tuple[Finding, ...]
    path: str = "ledger.yaml"
    language_at: Position = (1, 1)
    sides: Mapping[str, str] = {}  # what is printed for a side
    sets_apart: bool = False  # whether names that run from right to left are set apart in sentences: for people, never for machines
    words_at: Mapping[str, Position] = {}  # where the words of each language stand
    title: str = ""

    def larger_places(self, place: str) -> list[str]:
        """The places that `place` lies within, nearest first; a circle is walked once."""
        found: dict[str, None] = {}
        current = self.places.get(place)
        while current is not None and current.within is not None and current.within not in found and current.within != place:
            if current.within not in self.places:
                break
            found[current.within] = None
            current = self.places.get(current.within)
        return list(found)

    def chain_of(self, claimant: str) -> list[str]:
        """The claimant and those whose word its word is, up to the top; a circle is walked once."""
        chain = {claimant: None}
        current = self.claimants.get(claimant)
        while current is not None and current.of is not None and current.of not in chain and current.of in self.claimants:
            chain[current.of] = None
            current = self.claimants[current.of]
        return list(chain)

    def side_of(self, claimant: str) -> str | None:
        """The party a claimant speaks for: its own, else that of the one it is `of`."""
        for link in self.chain_of(claimant):
            known = self.claimants.get(link)
            if known is not None and known.side is not None:
                return known.side
        return None

    def mouth_of(self, claimant: str, path: str) -> str:
        """The mouth that speaks: the top of the `of` chain; an unnamed one is a mouth of its own in each claims file."""
        top = self.chain_of(claimant)[-1]
        known = self.claimants.get(top)
        return f"{top} in {path}" if known is not None and known.kind == "unnamed" else top


TEXT, NAMES, CLAIMS, REASONS = "text", "names", "claims", "reasons"  # a list of ids; one of claims, in any order; texts by code


class Field(NamedTuple):
    """How a field of a claim is written (`kind`, one of the four above), and what it is for.

    A field that `means` decides what the claim says: a resolution no longer fits when it changes. A `free` one holds words of the
    seed or of a curator, with any letters.
    """

    kind: str = TEXT
    required: bool = False
    means: bool = False
    free: bool = False
    default: str | None = None

    @property
    def absent(self) -> Any:
        """What a claim has in it where it is not written."""
        return {TEXT: "" if self.required else self.default, REASONS: {}}.get(self.kind, ())


class Claim(NamedTuple):
    """One claim as it is written, with what its texts mean where they could be read.

    The fields that can be written come first, each with its Field: what reads, compares, keeps or prints all of them goes by
    CLAIM_FIELDS, so that one more is a line here. Texts are as written (None: not given; `stance` and `extent` with their defaults).
    `said_days`, `held`, `figure` (of a quantity), `share` (of a choice) and `day` (of a date) are None where the text is absent or
    can't be read. What was said `../B` was said on a day from -FAR on; `said_by` are then the days that B can be.
    """

    id: Annotated[str, Field(required=True)]
    place: Annotated[str, Field(required=True, means=True)]
    property: Annotated[str, Field(required=True, means=True)]
    subject: Annotated[str | None, Field(means=True)]
    value: Annotated[str | None, Field(means=True)]
    extent: Annotated[str | None, Field(means=True)]
    stance: Annotated[str, Field(means=True, default="asserts")]
    hedge: Annotated[str | None, Field(means=True, free=True)]
    claimant: Annotated[str, Field(required=True, means=True)]
    via: Annotated[tuple[str, ...], Field(NAMES)]
    said: Annotated[str, Field(required=True, means=True)]
    holds: Annotated[str | None, Field(means=True)]
    quote: Annotated[str, Field(required=True, means=True, free=True)]
    before: Annotated[str | None, Field(free=True)]
    after: Annotated[str | None, Field(free=True)]
    translation: Annotated[str | None, Field(free=True)]
    note: Annotated[str | None, Field(free=True)]
    disputes: Annotated[tuple[str, ...], Field(CLAIMS)]
    corrects: Annotated[tuple[str, ...], Field(CLAIMS)]
    accept: Annotated[Mapping[str, str], Field(REASONS)]
    path: str
    line: int
    column: int
    at: Mapping[str, Position]
    flaws: tuple[Finding, ...]
    said_days: Days | None
    held: Holds | None
    figure: Range | None
    share: Range | None
    day: Days | None
    found: Found
    said_by: Days | None

    @computed
    def said_near(self) -> Days | None:
        """The days on which it was said, to sort and draw by: of `../B`, those of B."""
        return self.said_days if self.said_by is None else self.said_by

    def said_order(self) -> tuple[int, str]:
        """Sorts claims by the day they were said, then by id."""
        near = self.said_near
        return near.first if near is not None else 0, self.id


CLAIM_FIELDS: Mapping[str, Field] = {  # in the order in which machines get them
    name: hint.__metadata__[0] for name, hint in Claim.__annotations__.items() if hasattr(hint, "__metadata__")
}


def fields_of(*kinds: str) -> tuple[str, ...]:
    """The fields of a claim that are written in one of some ways."""
    return tuple(name for name, field in CLAIM_FIELDS.items() if field.kind in kinds)


class Tension(NamedTuple):
    """Two claims at odds by a curator's judgement, though no rule says so."""

    claims: tuple[str, ...]
    by: str
    on: str
    why: str
    path: str
    line: int
    column: int


class Resolution(NamedTuple):
    """What a curator worked out about two claims that contradict each other; never who was right.

    `found` is one of FOUND; `fingerprint` is that of the two claims' meaning when it was written.
    """

    claims: tuple[str, ...]
    found: str
    by: str
    on: str
    why: str
    fingerprint: str
    path: str
    line: int
    column: int


class PassedOver(NamedTuple):
    """A sentence of a seed that states nothing this ledger records."""

    quote: str
    why: str
    line: int
    column: int
    found: Found


# The frozen rules that make a text of an original: the same bytes give the same text in every later version.
TEXT_RULES = ("ledger-html 1", "ledger-plain 1", "ledger-telegram 1", "ledger-vtt 1")
HAND = "hand"  # what makes a text where no program did


class Original(NamedTuple):
    """What was captured: a file in originals/, or one that is known by its digest alone. `program` captured it (written `with`)."""

    file: str | None
    sha256: str
    type: str | None
    captured: str | None
    program: str | None
    url: str | None
    record: str | None
    note: str | None
    line: int
    column: int
    at: Mapping[str, Position]

    def written(self) -> dict[str, str]:
        """What is said of it, under the names that a head has for it."""
        names = ("file", "sha256", "type", "captured", "with", "url", "record", "note")
        return {name: text for name, text in zip(names, self, strict=False) if text}  # type: ignore[misc]


class MadeText(NamedTuple):
    """How the seed was made from its original: by which rule or program, from which words to which (written `from`, `to`)."""

    by: str
    first: str | None
    last: str | None
    line: int
    column: int
    at: Mapping[str, Position]

    def written(self) -> dict[str, str]:
        """What is said, under the names that a head has for it."""
        return {name: text for name, text in zip(("by", "from", "to"), self, strict=False) if text}  # type: ignore[misc]


class ClaimsFile(NamedTuple):
    """One claims file: where the text came from, then the claims read out of it."""

    path: str
    seed_name: str
    sha256: str
    language: str
    published: str
    published_days: Days | None
    head: Mapping[str, str]
    at: Mapping[str, Position]
    flaws: tuple[Finding, ...]
    note_flaws: tuple[Finding, ...]
    claims: Sequence[Claim]
    tensions: tuple[Tension, ...]
    passed_over: tuple[PassedOver, ...]
    seed: "Seed | None"
    seed_problem: tuple[str, str] | None
    misleading: tuple[tuple[int, int, str], ...] = ()
    resolutions: tuple[Resolution, ...] = ()
    about: tuple[str, ...] = ()  # the places that the text is about: their names need not stand beside a quote
    original: tuple[Original, ...] = ()
    text: MadeText | None = None

    @computed
    def seed_path(self) -> str:
        """Where its seed lies: in `seeds`, of several ledgers in that of the one whose name stands before."""
        name, slash, seed = self.seed_name.rpartition("/")
        return f"{name}{slash}seeds/{seed}"


class Ledger(NamedTuple):
    """All that could be read, and what could not: `refusals` say why a file was not. Claims files are sorted by path."""

    vocabulary: Vocabulary
    files: tuple[ClaimsFile, ...]
    refusals: tuple[Finding, ...]
    seeds: tuple[str, ...]
    odd_files: tuple[tuple[str, str], ...]
    never_added: tuple[str, ...] = ()  # files that git, which keeps the others, does not

    def claims(self) -> list[Claim]:
        """Every claim, in the order of the files."""
        return [claim for file in self.files for claim in file.claims]

    def file_of(self, claim: Claim) -> ClaimsFile:
        """The claims file that a claim stands in."""
        return next(file for file in self.files if file.path == claim.path)
