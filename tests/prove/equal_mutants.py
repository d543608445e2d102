"""Changes of a rule that change nothing anybody could see, and why: `prove_rules.py` passes over them.

Each by its function, the line of the source where it stands, and what `prove_rules.py` calls it there.
"""

from __future__ import annotations

EQUAL: dict[tuple[str, str, str], str] = {}


def _equal(why: str, function: str, source: str, *changes: str) -> None:
    EQUAL.update(((function, source, change), why) for change in changes)


# -- notes --
_equal(
    "only slower: without tensions none is redundant",
    "tension_redundant",
    "if not view.contradicting:",
    "condition is False",
)
_equal(
    "only slower: without resolutions nothing is asked of it",
    "resolution_moot",
    "absent = {claim.id for claim in view.of_notes.left_out} if resolutions else set()",
    "condition is True",
)
_equal(
    "only slower: without resolutions nothing is asked of it",
    "_resolutions",
    "return resolutions, {conflict.ids for conflict in view.of_notes.conflicts} if resolutions else set()",
    "condition is True",
)
_equal(
    "only slower: where nothing contradicts, no pair is listed",
    "_resolutions",
    "if not view.contradicting:",
    "condition is False",
)
_equal(
    "where all entries are used, none is unused",
    "unused",
    'if not used - {""} <= entries.keys():',
    "LtE -> Lt",
)
_equal(
    "only quicker: behind the first and only one there is no other",
    "name_shared",
    "if len(shared) > 1:",
    "condition is True",
    "Gt -> GtE",
    "1 -> 0",
)
_equal(
    "what is none is no name of an entry",
    "unused",
    "places.update(place.within for place in vocabulary.places.values() if place.within)",
    "condition of a comprehension left out",
)
_equal(
    "what is none is no name of an entry",
    "unused",
    "claimants.update(claimant.of for claimant in vocabulary.claimants.values() if claimant.of)",
    "condition of a comprehension left out",
)
_equal(
    "only slower: a name of ASCII mixes no scripts",
    "name_mixes_scripts",
    "found = None if name.isascii() else mixed_word(name)",
    "condition is False",
)
# -- values --
_equal(
    "the choices are made once for all claims: making them anew is only slower",
    "bad_value",
    "if known.id not in choices:",
    "condition is True",
)
_equal(
    "an extent that is not written is filled in for choices with parts alone",
    "misplaced_field",
    'if claim.extent is not None and not (known.type == "choice" and known.parts) and "extent" in claim.at:',
    "part 3 left out",
)
_equal(
    "an extent that is not written is `all`, of an assertion: it can be read, and is not denied",
    "bad_extent",
    'if not known.usable or claim.extent is None or "extent" not in claim.at or known.type != "choice" or not known.parts:',
    "part 3 left out",
)
_equal(
    "for the types: where no `value` is written, there is none",
    "missing_value",
    'if claim.value is None and known.type != "event" and "value" not in claim.at and known.usable:',
    "part 1 left out",
)
_equal(
    "for the types: where no `subject` is written, there is none",
    "missing_subject",
    'if known.subjects and claim.subject is None and "subject" not in claim.at:',
    "part 2 left out",
)
_equal(
    "an extent that is not written is `all`: no figure",
    "thousands_or_decimals",
    "match = _THOUSANDS.search(text) if text is not None and field in claim.at else None",
    "part 2 left out",
)
_equal(
    "for the types: what matched is a text",
    "thousands_or_decimals",
    "if match is not None and text is not None:",
    "part 2 left out",
)
_equal(
    "a date that could be read has no problem: only slower",
    "_date_problems",
    "if file.published and file.published_days is None:",
    "part 2 left out",
)
_equal(
    "for the types: a date that could not be read has a problem",
    "_date_problems",
    "if problem is not None and problem.name == name:",
    "part 1 left out",
    "part 1 left out",
)
_equal(
    "a date that could be read has no problem: only slower",
    "_date_problems",
    "if claim.said and claim.said_days is None:",
    "part 2 left out",
)
_equal(
    "a date that could be read has no problem: only slower",
    "_date_problems",
    "if claim.holds is not None and claim.held is None:",
    "part 2 left out",
)
_equal(
    "for the types: what holds has a start or an end",
    "event_yet_to_come",
    "if day is not None and day.first > claim.said_days.last:",
    "part 1 left out",
)
# -- sources --
_equal(
    "only slower: the hint is used where the seed has a problem alone",
    "seed_missing",
    'hint = did_you_mean(view.file.seed_name, view.ledger.seeds) if view.file.seed_problem else ""',
    "condition is True",
)
_equal(
    "five of those that are left are shown in any case",
    "seed_named_twice",
    'Related(other.path, *other.at.get("seed", (1, 1)), "also here") for other in islice(files, 6) if other is not file',
    "6 -> 7",
)
_equal(
    "a language that is written has its place: where there is none, nothing is said",
    "bad_language",
    'language, place = view.file.language, view.file.at.get("language", (1, 1))',
    "1 -> 2",
    "1 -> 0",
    "1 -> 2 (2)",
    "1 -> 0 (2)",
)
# -- fields --
_equal(
    "five of those that are left are shown in any case",
    "id_taken_twice",
    "for other in islice(claims, 6)",
    "6 -> 7",
)
_equal(
    "only slower: without the quick answer each id is looked at by itself",
    "bad_id",
    'if joined.count("\\n") == len(ids) and _SLUGS.fullmatch(joined) and len(max(ids, key=len, default="")) <= 120:',
    "condition is False",
    "Eq -> NotEq",
    "LtE -> Lt",
)
_equal(
    "only slower: without the quick answer all claims are looked at",
    "id_taken_twice",
    "if not view.taken_twice:",
    "condition is False",
)
for _what, _line in {
    "unknown_place": "for claim in view.file.claims if places and not view.outline.places <= places.keys() else ():",
    "unknown_claimant": "for claim in view.file.claims if known and not speaking <= known.keys() else ():",
    "unknown_property": "for claim in view.file.claims if known and not view.outline.properties <= known.keys() else ():",
}.items():
    _equal("only slower: without the quick answer each claim is looked at", _what, _line, "part 2 left out", "LtE -> Lt")
_equal(
    "there is just one",
    "_hint",
    'return f"write its id: `{named[0]}`" if len(named) == 1 else view.hints.did_you_mean(name, known)',
    "0 -> -1",
)
# -- quotes: the quick answers --
_equal(
    "only slower: without the quick answer both edges are looked at",
    "quote_cuts_a_word",
    "if text[start - 1] in _BESIDE_WORDS and text[start].isalpha():",
    "condition is False",
    "1 -> 0",
)
_equal(
    "only slower: without the quick answer both edges are looked at",
    "quote_cuts_a_word",
    "behind = text[end : end + 1]",
    "Add -> Sub",
    "1 -> 2",
    "1 -> 0",
)
_equal(
    "only slower: without the quick answer both edges are looked at",
    "quote_cuts_a_word",
    'if (behind in _SIGNS and not text[end + 1 : end + 2].isdigit()) or (behind == " " and text[end - 1].isalpha()):',
    "condition is False",
    "Or -> And",
    "part 1 left out",
    "part 2 left out",
    "1 -> 0 (2)",
)
_equal(
    "only slower: without the quick answer both edges are looked at",
    "quote_cuts_a_word",
    "continue  # the quick answer for nearly all",
    "continue left out",
)
_equal(
    "only slower or sooner: what one piece bears the whole quote bears",
    "number_not_in_quote",
    "if len(claim.found.spans) == 1 and place_alone(view, claim, seed) >= 0:",
    "condition is False",
    "part 1 left out",
    "Eq -> NotEq",
    "1 -> 2",
    "1 -> 0",
    "0 -> -1",
)
_equal(
    "only slower: without the quick answer the whole quote is looked at",
    "number_not_in_quote",
    "continue  # the quick answer for nearly all",
    "continue left out",
)
_equal(
    "only slower: what stands in the quote stands in its paragraph",
    "place_not_in_paragraph",
    "continue  # the quick answer for nearly every claim: as it is written, within the quote",
    "continue left out",
)
_equal(
    "only slower: without the quick answer the whole words are compared",
    "translation_is_quote",
    'if one in _ASCII_WORDS and ("\\u0400" <= other <= "\\u04ff" or (other in _ASCII_WORDS and one.lower() != other.lower())):',
    "Or -> And",
)
_equal(
    "only slower: without the quick answer the whole words are compared",
    "translation_is_quote",
    "continue  # the quick answer for nearly all: the first letters alone tell them apart, whatever case and composition",
    "continue left out",
)
# -- reading --
_equal(
    "the path of what is not read has one slash: its folder and its name",
    "ignored_file",
    'yield Finding(1, 1, f"{one_line(path.rsplit(\'/\', 1)[1])} is not read: {why}", "rename it, or move it elsewhere", path=path)',
    "1 -> 2 (3)",
)
# -- quotes --
_equal(
    "an empty quote is too short as well",
    "quote_not_in_seed",
    "if not claim.quote or claim.found.ways or not claim.found.context or is_too_short(claim.quote):",
    "part 1 left out",
)
_equal(
    "where a quote stands again further on, something stands behind the first",
    "quote_ambiguous",
    'f"add `before:` or `after:` with the words directly there (behind the first stands: {after})"',
    "condition is True",
)
_equal(
    "only the piece of a quote of one piece can cross: those of several are looked for within a paragraph",
    "quote_crosses_paragraphs",
    "break",
    "break left out",
)
_equal(
    "for the types: these patterns match everywhere, if only nothing",
    "_word_at",
    'return (before[0] if before else "") + (rest[0] if rest else "")',
    "condition is True",
    "condition is True (2)",
)
_equal(
    "the pattern asks for it, and for no more than three digits and what stands before them",
    "_inside_word",
    'if before.isdigit() and after == " " and re.search(r"(?<!\\d)\\d{1,3}$", text[max(0, offset - 4) : offset]):',
    "part 1 left out",
    "4 -> 5",
)
_equal(
    "the pattern looks no further",
    "_inside_word",
    'return re.match(r" \\d{3}(?!\\d)", text[offset : offset + 5]) is not None',
    "5 -> 6",
)
_equal(
    "the pattern asks for it; and nothing joins behind a space",
    "_inside_word",
    'if before == " " and after.isdigit() and re.search(r"(?<!\\d)\\d{1,3} $", text[max(0, offset - 5) : offset]):',
    "part 1 left out",
    "part 2 left out",
    "5 -> 6",
)
_equal(
    "the pattern looks no further",
    "_inside_word",
    'return re.match(r"\\d{3}(?!\\d)", text[offset : offset + 4]) is not None',
    "4 -> 5",
)
_equal(
    "only slower, or quicker: whether any is near is asked exactly in `Beside`",
    "quote_stops_at_negation",
    "starts = [hit[0] for hit in hits]",
    "0 -> 1",
)
_equal(
    "only slower, or quicker: whether any is near is asked exactly in `Beside`",
    "quote_stops_at_negation",
    "if bisect_left(starts, low) < bisect_left(starts, start):",
    "condition is True",
    "Lt -> LtE",
)
_equal(
    "only slower, or quicker: whether any is near is asked exactly in `Beside`",
    "quote_stops_at_negation",
    "if found is None and bisect_left(starts, max(start, end - BESIDE)) < bisect_left(starts, high):",
    "part 2 left out",
    "Lt -> LtE",
)
_equal(
    "only quicker: one span has no gaps",
    "omission_hides_negation",
    "if len(spans) < 2:",
    "condition is False",
    "2 -> 1",
)
_equal(
    "only quicker: one span has no gaps",
    "omission_hides_negation",
    "continue",
    "continue left out",
)
_equal(
    "no phrase ends at its own beginning: the second number only puts the place before all phrases that begin there",
    "omission_hides_negation",
    'nearby = hits[bisect_left(hits, (gap_start - 60, 0, "")) : bisect_left(hits, (gap_end, 0, ""))]',
    "0 -> 1",
    "0 -> -1",
    "0 -> 1 (2)",
    "0 -> -1 (2)",
)
_equal(
    "for the types: without a seed no words beside a quote were looked for",
    "context_not_beside_quote",
    "if view.file.seed is not None and not claim.found.context:",
    "part 1 left out",
)
_equal(
    "only slower: there are no hedges",
    "hedge_not_recorded",
    "for claim, seed in view.found if hits else ():",
    "condition is True",
)
_equal(
    "no phrase ends at its own beginning: the second number only puts the place before all phrases that begin there",
    "hedge_not_recorded",
    'inside = hits[bisect_left(hits, (start, 0, "")) : bisect_left(hits, (end, 0, ""))]',
    "0 -> 1",
    "0 -> -1",
    "0 -> 1 (2)",
    "0 -> -1 (2)",
)
_equal(
    "only slower: what stands in the quote, or a part of it, stands in its sentence",
    "hedge_not_in_sentence",
    "if claim.hedge is None or claim.hedge in seed.folded[claim.found.spans[0][0] : claim.found.spans[-1][1]]:",
    "part 2 left out",
    "0 -> -1",
    "0 -> 1 (2)",
    "0 -> -1 (2)",
    "1 -> 0",
    "1 -> 0 (2)",
)
_equal(
    "how far is looked: twenty thousand characters from one end of a piece or of another",
    "hedge_not_in_sentence",
    "start, end = max(start, claim.found.spans[0][0] - FAR_AWAY), min(end, claim.found.spans[-1][1] + FAR_AWAY)",
    "0 -> -1",
    "0 -> 1 (2)",
    "0 -> -1 (2)",
    "1 -> 0",
    "1 -> 0 (2)",
)
_equal(
    "only slower: the keys of all claims differ then",
    "quote_used_twice",
    "if len({(claim.found.spans, claim.place, claim.property, claim.claimant) for claim in claims}) == len(claims):",
    "condition is False",
)
_equal(
    "for the types: a figure is read from a value",
    "number_not_in_quote",
    "if claim.figure is None or claim.value is None:",
    "part 2 left out",
)
_equal(
    "how far is looked: twenty thousand characters from one end of a quote or of the other, in one paragraph",
    "place_not_in_paragraph",
    "first, last = claim.found.spans[0][0], claim.found.spans[-1][1]",
    "0 -> -1",
    "1 -> 0",
)
_equal(
    "for the types: where no `translation` is written, there is none",
    "translation_missing",
    'if claim.quote and claim.translation is None and "translation" not in claim.at:',
    "part 2 left out",
)
_equal(
    "only slower: the texts are compared in full; one whose first letters say so wrongly is in the corpus",
    "translation_is_quote",
    'if one in _ASCII_WORDS and ("\\u0400" <= other <= "\\u04ff" or (other in _ASCII_WORDS and one.lower() != other.lower())):',
    "condition is False",
    "part 1 left out (2)",
    "part 2 left out (2)",
    "LtE -> Lt",
    "LtE -> Lt (2)",
)
