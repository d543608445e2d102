"""The claims and the sentences of seeds in which words stand."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from ledger.conflicts.claims_in_words import sentence
from ledger.model import Claim, ClaimsFile, Ledger, Vocabulary
from ledger.texts.languages import words_for
from ledger.texts.searching import Wanted


class Passage(NamedTuple):
    """A sentence of a seed: where it stands, and the ids of the claims that were read out of it."""

    file: ClaimsFile
    text: str
    line: int
    claims: tuple[str, ...]


class Hits(NamedTuple):
    """What was found: claims, in the order of the files, and sentences, in the order of the seeds."""

    claims: list[Claim]
    passages: list[Passage]

    def further(self) -> list[Passage]:
        """The sentences from which none of the claims that were found was read."""
        found = {claim.id for claim in self.claims}
        return [passage for passage in self.passages if found.isdisjoint(passage.claims)]


def search(wanted: Wanted, ledger: Ledger, files: Collection[ClaimsFile]) -> Hits:
    """The claims of a ledger whose words, names or sentence have what is looked for, and the sentences of the seeds of `files`."""
    vocabulary = ledger.vocabulary
    claims = [claim for file in files for claim in file.claims if wanted.stand_in("\n".join(_texts(claim, vocabulary)))]
    passages = [passage for file in sorted(files, key=lambda file: file.seed_name) for passage in _passages(wanted, file, vocabulary)]
    return Hits(claims, passages)


def _texts(claim: Claim, vocabulary: Vocabulary) -> Iterator[str]:
    """All that is told of a claim, in whichever language: what it says, its words, and every name of its place and of who said it."""
    yield claim.id.replace("-", " ")
    yield sentence(claim, vocabulary)
    yield from (text for text in (claim.value, claim.quote, claim.translation, claim.note, claim.hedge) if text)
    if claim.place in vocabulary.places:
        yield from vocabulary.places[claim.place].all_names()
    for name in (claim.claimant, *claim.via):
        if name in vocabulary.claimants:
            yield from (vocabulary.claimants[name].name, *vocabulary.claimants[name].other_names)
    if claim.property in vocabulary.properties:
        yield vocabulary.properties[claim.property].title


def _passages(wanted: Wanted, file: ClaimsFile, vocabulary: Vocabulary) -> Iterator[Passage]:
    seed = file.seed
    if seed is None:
        return
    spans = [(span, claim.id) for claim in file.claims if claim.found.ways for span in claim.found.spans]
    for start, end in seed.sentences(words_for(vocabulary.words, file.language)):
        text = seed.folded[start:end]
        if wanted.stand_in(text):
            read = dict.fromkeys(name for (first, last), name in spans if first < end and start < last)
            yield Passage(file, text, seed.line(start), tuple(read))
