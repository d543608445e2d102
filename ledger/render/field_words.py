"""What each field of a claims file is for, in one line: what editors show beside it."""

from __future__ import annotations

from collections.abc import Mapping

HEAD_WORDS: Mapping[str, str] = {
    "seed": "The name of the text's file in seeds/.",
    "sha256": "The SHA-256 of the seed's bytes; `ledger check` tells the right one.",
    "language": "The language of the text (BCP 47): nb, ro, uk, en.",
    "published": "When the text appeared: YYYY-MM-DD.",
    "dated-by": "How the date is known, where the text itself states no full date.",
    "publisher": "Who published the text. Never invented.",
    "title": "The text's own title. Never invented.",
    "url": "Where it was published: http or https. Never invented.",
    "retrieved": "When it was fetched from there.",
    "licence": "Under which terms the text may be used.",
    "note": "What a reader should know of the text.",
    "paragraphs": "What ends a paragraph of the seed: `lines` where every line is one, `empty-lines` else.",
    "about": "Ids of the places that the whole text is about: their names need not stand beside a quote.",
    "original": "What the seed was made from: files in originals/, or known by their hash alone.",
    "text": "How the seed was made from it: by which rule, from which words to which.",
    "claims": "The claims read out of the text.",
    "tensions": "Pairs of claims at odds by a curator's judgement, though no rule says so.",
    "resolutions": "What was worked out about two claims that contradict each other; never who was right.",
    "passed-over": "Sentences that state nothing this ledger records, each with the reason.",
}
CLAIM_WORDS: Mapping[str, str] = {
    "id": "Small letters, digits and single hyphens; unique in the ledger, and stable for ever.",
    "place": "The id of a place in ledger.yaml.",
    "property": "What is claimed: the id of a property in ledger.yaml.",
    "subject": "Of whom it is said, where the property has `subjects`.",
    "value": "What is said; not of an event.",
    "extent": "The share of the place it is said of: all, most, part, 30%; of a choice with `parts`.",
    "stance": "asserts (the default), denies, doubts (not confirmed), expects (will be, is planned, would be if).",
    "hedge": "The words that leave it open, as they stand in the sentence.",
    "claimant": "Who says it: the origin, not the newspaper.",
    "via": "Who relayed it: claimants too.",
    "said": "When it was said: 2025-11-21, 2025-11-21~ (about), A/B (some one day between), ../B (by that day).",
    "holds": "When it is said to be true: 2025-11-21, A/B, A/.. (from then on), ../B.",
    "quote": "The words of the seed, word for word; [...] leaves words out within one paragraph.",
    "before": "The words directly before the quote, where it stands in the seed more than once.",
    "after": "The words directly after the quote, where it stands in the seed more than once.",
    "translation": "The quote in the ledger's language, where the seed's is another.",
    "note": "How a date was worked out, what a reader should know.",
    "disputes": "Ids of claims that it expressly contradicts.",
    "corrects": "Ids of claims of the same mouth that it takes back or puts right.",
    "accept": "Warnings that were looked at, by code, each with the reason why it may stand.",
}
ORIGINAL_WORDS: Mapping[str, str] = {
    "file": "Its name in originals/.",
    "sha256": "The SHA-256 of its bytes.",
    "type": "What it is: text/html, application/pdf.",
    "captured": "On which day it was captured.",
    "with": "What captured it, and in which version.",
    "url": "Where it was captured from.",
    "record": "Which of the responses in it, where it holds several.",
    "note": "What a reader should know of it.",
    "by": "The rule that made the text (`ledger-html 1`), a program and its version, or `hand`.",
    "from": "The words that the text begins with.",
    "to": "The words that the text ends with.",
}
NOTE_WORDS: Mapping[str, str] = {
    "claims": "The two claims, by id.",
    "found": "explained (both can be true), superseded (one was taken back or corrected), open (looked at, not settled).",
    "by": "Who judged so.",
    "on": "On which day: YYYY-MM-DD.",
    "why": "Why.",
    "fingerprint": "That of both claims' meaning; `ledger why ONE OTHER` prints it.",
    "quote": "The sentence, word for word.",
    "before": CLAIM_WORDS["before"],
    "after": CLAIM_WORDS["after"],
}
