"""All rules over a ledger -> its diagnostics, sorted; and which claims take no part in contradictions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING

from ledger.model import Claim, ClaimsFile, Diagnostic, Finding, Ledger, Report
from ledger.rules import (
    dates,
    fields,
    figures,
    files,
    framing,
    notes,
    originals,
    quotes,
    references,
    seeds,
    translations,
    values,
    vocabulary,
    wording,
)
from ledger.rules.notes import UNNEEDED_ACCEPT
from ledger.rules.registry import ERROR, WARNING, Rule, rules_of
from ledger.rules.views import FileView, LedgerView, VocabularyView
from ledger.texts.display import one_line, shorten
from ledger.texts.languages import is_draft, knows_words
from ledger.texts.suggestions import did_you_mean

FAMILIES = (fields, references, notes, vocabulary, quotes, framing, wording, figures, translations, files, seeds, originals, values, dates)
if TYPE_CHECKING:
    from ledger.conflicts.decisions import Decided

RULES = rules_of(FAMILIES)
MOST_OF_A_FILE = 10_000  # findings of one rule in one file: more are counted, not listed
LONGEST = 1_000  # characters of a message: a text of thousands says no more


def _diagnostic(rule: Rule, finding: Finding, path: str) -> Diagnostic:
    claim = finding.claim
    return Diagnostic(
        finding.path or path,
        finding.line,
        finding.column,
        rule.code,
        rule.name,
        rule.severity,
        shorten(finding.message, LONGEST),
        shorten(finding.help, LONGEST),
        finding.related,
        claim.id if claim is not None else None,
        claim.line if claim is not None else 0,
        rule.excludes and finding.excludes,
        finding.length,
    )


def _run(scope: str, view: FileView | VocabularyView | LedgerView, errors_only: bool) -> list[Diagnostic]:
    path = getattr(view, "path", "")
    found: list[Diagnostic] = []
    for rule in RULES.values():
        if scope in rule.scopes and (not errors_only or rule.excludes):
            findings = iter(rule.find(view))
            first = next(findings, None)
            if first is not None:
                found += _diagnostics(rule, chain((first,), findings), path)
    return found


def _diagnostics(rule: Rule, findings: Iterator[Finding], path: str) -> Iterator[Diagnostic]:
    """What one rule finds: MOST_OF_A_FILE in one file, and of the others how many they are. What is accepted is not counted."""
    found = list(islice(findings, MOST_OF_A_FILE))
    if len(found) < MOST_OF_A_FILE:
        yield from (_diagnostic(rule, finding, path) for finding in found)
        return
    listed: Counter[str] = Counter()
    others: dict[str, list[Finding]] = defaultdict(list)
    for finding in chain(found, findings):
        where = finding.path or path
        claim = finding.claim
        if claim is not None and claim.accept and rule.severity == WARNING and claim.accept.get(rule.code):
            yield _diagnostic(rule, finding, path)
        elif listed[where] < MOST_OF_A_FILE:
            listed[where] += 1
            yield _diagnostic(rule, finding, path)
        else:
            listed[where] += 1
            rest = others[where]
            if not rest or finding.claim is not rest[-1].claim:  # one stands for all of its claim
                rest.append(finding._replace(message="", help=""))
    for where, rest in others.items():
        more = listed[where] - MOST_OF_A_FILE
        message = (
            f"{more} more of this kind in this file are not listed" if more > 1 else "one more of this kind in this file is not listed"
        )
        first = rest[0]._replace(message=message, help="mend those that are listed, and run the check again", claim=None, related=())
        counting = [each for each in rest if rule.excludes and each.excludes]
        lines = tuple({each.claim.line: None for each in counting if each.claim is not None})
        head = any(each.claim is None for each in counting)
        yield _diagnostic(rule, first._replace(excludes=head), path)._replace(also=lines)


def check_file(file: ClaimsFile, ledger: Ledger, errors_only: bool = False) -> list[Diagnostic]:
    """What the rules find in one claims file."""
    return _run("file", FileView(file, ledger), errors_only)


def check_vocabulary(ledger: Ledger) -> list[Diagnostic]:
    """What the rules find in `ledger.yaml`."""
    return _run("vocabulary", VocabularyView(ledger), False)


def excluded(ledger: Ledger, sound: Container[str] = ()) -> frozenset[tuple[str, int]]:
    """The claims that take no part in contradictions, by path and line: those with an error that matters there. Of the files that
    are `sound`, by path, none has one of its own."""
    files = [file for file in ledger.files if file.path not in sound]
    found = [diagnostic for file in files for diagnostic in check_file(file, ledger, errors_only=True)]
    view = LedgerView(ledger)
    return excluded_by(view, [*found, *_run("ledger", view, errors_only=True)])


def excluded_by(view: LedgerView, diagnostics: Iterable[Diagnostic]) -> frozenset[tuple[str, int]]:
    """The claims that the diagnostics exclude: each its claim, one of a file's head all claims of the file."""
    left_out: set[tuple[str, int]] = set()
    heads: set[str] = set()
    for diagnostic in diagnostics:
        left_out.update((diagnostic.path, line) for line in diagnostic.also)
        if diagnostic.excludes:
            if diagnostic.claim_line:
                left_out.add((diagnostic.path, diagnostic.claim_line))
            else:
                heads.add(diagnostic.path)
    vocabulary = view.vocabulary
    usable = {name for name, known in vocabulary.properties.items() if known.usable}
    for file, outline in zip(view.ledger.files, view.outlines, strict=True):
        names = (outline.properties, usable), (outline.places, vocabulary.places.keys()), (outline.claimants, vocabulary.claimants.keys())
        if all(spoken_of <= there for spoken_of, there in names) and file.path not in heads and file.seed is not None:
            continue
        for claim in file.claims:
            known = claim.property in usable and claim.place in vocabulary.places and claim.claimant in vocabulary.claimants
            if not known or file.path in heads or file.seed is None:
                left_out.add((file.path, claim.line))
    return frozenset(left_out)


def check_ledger(ledger: Ledger) -> Report:
    """Every defect of a ledger, sorted by place; warnings that were accepted with a reason are left out."""
    return examine(ledger, Known())[0]


class Known:
    """What was found in another state of a ledger under the same vocabulary: in a claims file, by the identity of its ClaimsFile, and
    of questions with the same claims."""

    def __init__(self) -> None:
        self.in_files: dict[int, list[Diagnostic]] = {}
        self.in_vocabulary: list[Diagnostic] | None = None
        self.of_questions: Decided = {}


Look = Callable[[Sequence[ClaimsFile], Ledger], list[list[Diagnostic]]]  # gives what the rules find in some files of a ledger


def look_at(files: Sequence[ClaimsFile], ledger: Ledger) -> list[list[Diagnostic]]:
    """What the rules find in each of some files of a ledger."""
    return [check_file(file, ledger) for file in files]


def examine(ledger: Ledger, known: Known, all_wanted: bool = False, look: Look = look_at) -> tuple[Report, LedgerView]:
    """Every defect of a ledger, as `check_ledger` gives them, and the view that has its contradictions (`all_wanted` where they are
    asked for). What `known` says of a claims file that is the same, under the same vocabulary, is taken over, and what is found is
    put there; a file with errors is looked at again, since what is said of those may depend on other files."""
    again = [
        file
        for file in ledger.files
        if id(file) not in known.in_files or any(diagnostic.severity == ERROR for diagnostic in known.in_files[id(file)])
    ]
    known.in_files.update(zip(map(id, again), look(again, ledger), strict=True))
    found = [diagnostic for file in ledger.files for diagnostic in known.in_files[id(file)]]
    found += _in_vocabulary(ledger, known)
    view = LedgerView(ledger, all_wanted=all_wanted, decided=known.of_questions)
    return report_on(view, found), view


def _in_vocabulary(ledger: Ledger, known: Known) -> list[Diagnostic]:
    """What the rules find in `ledger.yaml`, looked for once where it does not depend on the claims: an empty section may be needed by none."""
    vocabulary = ledger.vocabulary
    if not (vocabulary.places and vocabulary.claimants and vocabulary.properties):
        return check_vocabulary(ledger)
    if known.in_vocabulary is None:
        known.in_vocabulary = check_vocabulary(ledger)
    return known.in_vocabulary


def report_on(view: LedgerView, found: list[Diagnostic]) -> Report:
    """The report on a whole ledger, with what was found in its files and its vocabulary; the view learns what is left out."""
    view.left_out = excluded_by(view, [*found, *_run("ledger", view, True)])
    found += _run("ledger", view, False)
    return _report(view, found)


def _report(view: LedgerView, found: list[Diagnostic]) -> Report:
    """The diagnostics that no claim accepts, and what was looked at."""
    ledger = view.ledger
    kept, accepted = _without_accepted(view, found)
    return Report(
        tuple(sorted(set(kept))),
        sum(len(file.claims) for file in ledger.files),
        len({file.seed_name for file in ledger.files if file.seed is not None}),
        sum(outline.quotes for outline in view.outlines),
        len(ledger.files),
        tuple(refusal.path for refusal in ledger.refusals),
        accepted,
        *languages_of(ledger),
    )


def languages_of(ledger: Ledger) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The languages of claims that have no negations and hedges to look for, and those whose words are drafts."""
    languages = sorted({file.language for file in ledger.files if file.claims and file.language})
    unknown = tuple(language for language in languages if not knows_words(ledger.vocabulary.words, language))
    return unknown, tuple(language for language in languages if is_draft(language))


def _without_accepted(view: LedgerView, found: list[Diagnostic]) -> tuple[list[Diagnostic], int]:
    """The diagnostics that no claim accepts, with one for each acceptance that nothing needs; and how many were accepted."""
    accepting: dict[tuple[str, int], Claim] = {
        (claim.path, claim.line): claim
        for file, outline in zip(view.ledger.files, view.outlines, strict=True)
        for claim in (file.claims[number] for number in outline.accepting)
    }
    if not accepting:
        return found, 0
    used: set[tuple[str, int, str]] = set()
    kept: list[Diagnostic] = []
    for diagnostic in found:
        claim = accepting.get((diagnostic.path, diagnostic.claim_line))
        if claim is not None and diagnostic.severity == WARNING and claim.accept.get(diagnostic.code):
            used.add((claim.path, claim.line, diagnostic.code))
        else:
            kept.append(diagnostic)
    rule = RULES[UNNEEDED_ACCEPT]
    broken = {diagnostic.path for diagnostic in found if diagnostic.severity == ERROR and not diagnostic.claim_line}
    defective = {(diagnostic.path, diagnostic.claim_line) for diagnostic in found if diagnostic.severity == ERROR}
    for claim in accepting.values():
        if claim.path in broken or (claim.path, claim.line) in defective:
            continue  # what it would raise can't be told before the error is mended: one cause, one finding
        for code in claim.accept:
            if (claim.path, claim.line, code) in used or not claim.accept[code]:
                continue
            line, column = claim.at.get(f"accept.{code}", (claim.line, claim.column))
            known = RULES.get(code)
            if known is None:
                message, hint = f"there is no rule {one_line(code)} to accept", did_you_mean(code, RULES)
            elif known.severity == ERROR:
                message, hint = f"{code} is an error and can't be accepted", "mend the claim"
            else:
                message, hint = f"the claim raises no {code}", "delete the exception"
            kept.append(_diagnostic(rule, Finding(line, column, message, hint or "delete the exception", claim, len(code)), claim.path))
    return kept, len(used)
