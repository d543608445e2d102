"""A claim asked for on a terminal, step by step: each answer may be a few letters, and Enter takes what stands in brackets."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

from ledger.commands.exits import Interrupted
from ledger.commands.outputs import write, write_lines
from ledger.commands.putting import put_claim, tell
from ledger.model import CLAIM_FIELDS, CLAIMS, NAMES, REASONS, ClaimsFile, Ledger, Trouble
from ledger.reading.loader import load
from ledger.reading.trees import WorkTree
from ledger.render.check import for_people
from ledger.rules import RULES
from ledger.texts.dates import DateProblem, parse_day, parse_holds, parse_said
from ledger.texts.display import one_line, shorten, some_of
from ledger.texts.figures import FigureProblem, parse_figure
from ledger.texts.languages import words_for
from ledger.texts.suggestions import did_you_mean
from ledger.writing.drafts import (
    choices_of,
    claimants_near,
    fields_typed,
    figure_in,
    file_of_seed,
    hedge_in,
    meant,
    next_open,
    places_near,
    propose_id,
    required_of,
)
from ledger.writing.edits import Edit
from ledger.writing.mending_fields import plain_date
from ledger.writing.passages import NEAREST
from ledger.writing.quoting import Quoted, quoted, quoted_in_one, quoted_in_sentence
from ledger.writing.splices import Value, written

HOW = "Enter takes what stands in brackets, a few letters are enough, `.` ends; at the end FIELD: TEXT changes a field, - takes it out, CODE: WHY accepts a warning"
END = "."
_NEXT_WORD = re.compile(r"\s*[^\w\s]*\w+(?:[-'’.,]\w+)*")
LISTED = 12
CHANGED_FIRST = ("note", "stance", "holds", "via", *CLAIM_FIELDS)  # whose first letters mean them
DEFAULTS = {("stance", "asserts"), ("extent", "all")}  # what a claim says where nothing is written


class Ended(Exception):
    """Whoever types has had enough."""


def from_the_terminal(prompt: str, complete: Callable[[str], list[str]]) -> str:
    """A line that is typed, with what `complete` makes of the letters so far behind TAB; raises Ended at the end of the input."""
    with suppress(ImportError):  # (not on every system)
        import readline

        options: list[str] = []

        def completer(text: str, number: int) -> str | None:
            if number == 0:
                options[:] = complete(text)
            return options[number] if number < len(options) else None

        readline.set_completer_delims("\n")
        readline.set_completer(completer)
        readline.parse_and_bind("bind ^I rl_complete" if "libedit" in (readline.__doc__ or "") else "tab: complete")
    try:
        return input(prompt)
    except EOFError:
        write("")
        raise Ended from None
    except (Interrupted, KeyboardInterrupt):
        print(file=sys.stderr)  # (what is said of it stands on a line of its own)
        raise


class Talk:
    """What is asked and answered; `read` gives a line for a prompt."""

    def __init__(
        self,
        root: str,
        seed: str | None,
        goes_on: bool,
        dry_run: bool,
        read: Callable[[str, Callable[[str], list[str]]], str] = from_the_terminal,
    ) -> None:
        self.root = root
        self.seed = seed
        self.goes_on = goes_on  # from one open sentence to the next
        self.dry_run = dry_run
        self.read = read
        self.last: dict[str, str] = {}  # what was answered for the claim before
        self.sentence: tuple[ClaimsFile, str] | None = None  # the open one that is asked about
        self.sentence_before: tuple[ClaimsFile, str] | None = None
        self.near = ""  # the day by which the seed was published
        self.done = 0

    def run(self, typed: Mapping[str, str | Sequence[str]]) -> int:
        """Ask for one claim, and for more of them as long as somebody answers; gives the exit code."""
        write(for_people(HOW))
        try:
            while self._one(load(WorkTree(self.root)), typed):
                typed = {}
        except Ended:
            pass
        if not self.done:
            write("nothing was written")
        return 0

    def _one(self, ledger: Ledger, typed: Mapping[str, str | Sequence[str]]) -> bool:
        """Ask for one claim and write it; gives whether another may be asked for."""
        passage = self._quote(ledger, typed)
        if passage is None:
            return next_open(load(WorkTree(self.root)), self.seed) is not None
        file = file_of_seed(ledger, passage.seed.name)
        self.near = file.published
        fields: dict[str, Value] = {**fields_typed(typed, ledger), "quote": passage.quote, **passage.beside}
        for name in ("place", "property", "subject", "value", "stance", "extent", "hedge", "claimant", "said", "translation"):
            if name not in fields and self._is_asked(name, fields, ledger, file, passage):
                self._ask(name, fields, ledger, self._default(name, fields, ledger, file, passage), required=name != "hedge")
        fields.setdefault("id", propose_id(ledger, fields))
        self._confirm(fields, ledger, file)
        self.last = {name: str(fields[name]) for name in ("claimant", "said") if name in fields}
        return not self.goes_on or next_open(load(WorkTree(self.root)), self.seed) is not None

    # -- the quote ------------------------------------------------------------------------------------------------------------

    def _quote(self, ledger: Ledger, typed: Mapping[str, str | Sequence[str]]) -> Quoted | None:
        """The passage that is quoted; None where the sentence was passed over instead."""
        found = next_open(ledger, self.seed) if self.goes_on else None
        if found != self.sentence:
            self.sentence, self.sentence_before = found, self.sentence
        if found is not None:
            file, sentence = found
            write_lines([([("", "")], 0), ([(f"seeds/{one_line(file.seed_name)}: ", "where"), (one_line(sentence), "who")], 0)])
        given = typed.get("quote")
        while True:
            label = (
                "quote [all of it; FIRST..LAST a part; <FIRST..LAST one of the last sentence; pass: why]" if found is not None else "quote"
            )
            words = str(given) if given else self.read(f"{label}: ", lambda text: self._words_after(text, ledger)).strip()
            given = None
            if words == END:
                raise Ended
            if found is not None and words.startswith("pass:"):
                if self._passed_over(found[1], words.removeprefix("pass:").strip(), found[0].seed_name):
                    return None
                continue
            if words in ("", "<") and found is not None:
                words = (self.sentence_before if words and self.sentence_before else found)[1]
            again = words.startswith("<") and self.sentence_before is not None
            known = self.sentence_before if again else found
            words = words.removeprefix("<").strip() if again else words
            inside = quoted_in_sentence(ledger, known[0], known[1], words) if known is not None else None
            if inside is not None and inside.can_be_told:
                return inside
            with suppress(IndexError, ValueError):
                chosen = self._chosen(quoted(ledger, words, self.seed or (found[0].seed_name if found else None)) if words else [])
                if chosen is not None and chosen.can_be_told:
                    return chosen
                if not words:
                    write("type words of a text that stands in seeds/, its first and last ones (FIRST..LAST), or `.` to end")
                    continue
                write(
                    "the words stand more than once, and nothing beside them tells which: quote more of them"
                    if chosen
                    else "no seed has these words"
                )

    def _chosen(self, found: list[Quoted]) -> Quoted | None:
        """The passage that is meant; None where there is none. Raises ValueError or IndexError where none is chosen."""
        if not found or (len(found) == 1 and found[0].passage.how != NEAREST):
            return found[0] if found else None
        for number, each in enumerate(found[:LISTED], 1):
            start, end = each.sentence
            write_lines([([(f"{number} ", "label"), (f"{one_line(each.seed.name)}, line {each.line}: ", "where")], 0)])
            write_lines([([(shorten(each.seed.folded[start:end], 300), "")], 2)])
        default = "1" if len(found) == 1 else ""
        answer = self.read(f"which [{default}]: " if default else "which: ", lambda _: []).strip() or default
        if answer == END:
            raise Ended
        if not answer.isdecimal() or not 0 < int(answer) <= len(found):
            raise ValueError
        return found[int(answer) - 1]

    def _words_after(self, text: str, ledger: Ledger) -> list[str]:
        """What was typed with the next word of the seed behind it."""
        found = [each for each in quoted(ledger, text, self.seed) if not each.passage.how] if len(text) > 2 else []
        made = []
        for each in found[:LISTED]:
            behind = _NEXT_WORD.match(each.seed.folded, each.passage.spans[-1][1])
            made.append(text + (behind[0] if behind is not None else ""))
        return list(dict.fromkeys(made))

    def _passed_over(self, sentence: str, why: str, seed: str) -> bool:
        """Pass over a sentence; gives whether that was written."""
        try:
            if not why:
                raise Trouble("say why, behind `pass:`")
            with Edit(self.root) as edit:
                passed = quoted_in_one(edit.ledger, sentence, seed)
                edit.insert_entry(passed.path, "passed-over", {"quote": passed.quote, **passed.beside, "why": why})
                edit.write(self.dry_run)
        except Trouble as trouble:
            write(for_people(one_line(str(trouble))))
            return False
        self.done += 1
        return not self.dry_run

    # -- the other fields -----------------------------------------------------------------------------------------------------

    def _is_asked(self, name: str, fields: Mapping[str, Value], ledger: Ledger, file: ClaimsFile, passage: Quoted) -> bool:
        """Whether a field is asked for: what a claim needs, and what its words give a reason for."""
        known = ledger.vocabulary.properties.get(str(fields.get("property", "")))
        if name == "stance":  # a word stands there that may take it back or leave it open
            start, end = passage.sentence
            hits = passage.seed.hits(words_for(ledger.vocabulary.words, file.language))
            return any(start <= first and last <= end for first, last, _ in hits)
        if name == "extent":
            return known is not None and known.type == "choice" and known.parts
        if name == "hedge":
            return bool(hedge_in(ledger, file, passage))
        return name in required_of(ledger, file, fields)

    def _default(self, name: str, fields: Mapping[str, Value], ledger: Ledger, file: ClaimsFile, passage: Quoted) -> str:
        """What Enter takes."""
        known = ledger.vocabulary.properties.get(str(fields.get("property", "")))
        earlier = file.claims[-1] if file.claims else None
        if name == "place":
            near = places_near(ledger, passage)
            return near[0] if near else (earlier.place if earlier is not None else "")
        if name == "claimant":
            near = claimants_near(ledger, passage)
            return near[0] if near else self.last.get("claimant", earlier.claimant if earlier is not None else "")
        if name == "value" and known is not None and known.type == "quantity":
            return figure_in(passage.quote)
        return {
            "said": self.last.get("said", earlier.said if earlier is not None else file.published),
            "stance": "asserts",
            "extent": "all" if fields.get("stance", "asserts") != "denies" else "",
            "hedge": hedge_in(ledger, file, passage),
        }.get(name, "")

    def _ask(self, name: str, fields: dict[str, Value], ledger: Ledger, default: str, required: bool) -> None:
        """Ask for one field until the answer will do."""
        choices = choices_of(name, fields, ledger)
        prompt = f"{name} [{shorten(default, 60)}]: " if default else f"{name}: "
        while True:
            answer = self.read(for_people(prompt), lambda text: meant(text, choices) if text else sorted(choices)).strip()
            if answer == END:
                raise Ended
            if answer == "-" and not required:
                return
            if not (answer or default):
                write(f"  a claim needs its {name} (`.` ends{'; `?` lists what there is' if choices else ''})")
                continue
            said = self._said(name, answer or default, choices, fields, ledger)
            if said:
                if (name, said) not in DEFAULTS or (name == "extent" and fields.get("stance") == "denies"):
                    fields[name] = said
                return

    def _said(self, name: str, answer: str, choices: Mapping[str, Sequence[str]], fields: Mapping[str, Value], ledger: Ledger) -> str:
        """What an answer says; empty where it says nothing, or not enough, of which is told."""
        if choices and answer == "?":
            _list(choices)
            return ""
        if choices and answer:
            found = meant(answer, choices)
            if len(found) == 1:
                if found[0] != answer:
                    write(for_people(f"  {one_line(found[0])}"))
                return found[0]
            hint = "" if found else did_you_mean(answer, choices)
            told = f"several are called so: {some_of(found, LISTED)}" if found else hint or f"there are: {some_of(sorted(choices), LISTED)}"
            write(for_people(f"  {told}{'' if found else ' (`?` lists all)'}"))
            return ""
        if name in ("said", "holds") and answer:
            dated = _in_full(answer, str(fields.get("said", "")) or self.near)
            if dated != answer:
                write(for_people(f"  {one_line(dated)}"))
            answer = dated
        return answer if _can_be_read(name, answer, fields, ledger) else ""

    # -- the end --------------------------------------------------------------------------------------------------------------

    def _confirm(self, fields: dict[str, Value], ledger: Ledger, file: ClaimsFile) -> None:
        """Show the claim with what is told of it, take changes, and write it."""
        while True:
            write("")
            for name in CLAIM_FIELDS:
                if name in fields:
                    write(for_people(f"  {name}: {written(fields[name])}"))
            passes = self._tried(fields, file)
            answer = self.read(
                "write it [yes]: " if passes else "mend it (FIELD: TEXT): ",
                lambda text: [each for each in CLAIM_FIELDS if each.startswith(text)],
            )
            answer = answer.strip()
            if answer == END:
                raise Ended
            if not answer or answer in ("y", "yes"):
                if passes:
                    self._write(fields, file)
                    return
            else:
                self._change(answer, fields, ledger)

    def _tried(self, fields: Mapping[str, Value], file: ClaimsFile) -> bool:
        """Whether the claim would pass; what is found is told."""
        try:
            tell(put_claim(self.root, file.path, fields, dry_run=True)._replace(difference=""), file.path, str(fields.get("id", "")), True)
        except Trouble as trouble:
            write(for_people(one_line(str(trouble))))
            return False
        return True

    def _write(self, fields: Mapping[str, Value], file: ClaimsFile) -> None:
        if not self.dry_run:
            put_claim(self.root, file.path, fields, dry_run=False)
            write(for_people(f"{one_line(file.path)}: {one_line(str(fields['id']))}"))
        self.done += 1

    def _change(self, answer: str, fields: dict[str, Value], ledger: Ledger) -> None:
        """Do what `FIELD: TEXT` says."""
        name, colon, text = (part.strip() for part in answer.partition(":"))
        if name.upper() in RULES:  # `Q314: why` accepts that warning
            name, text = "accept", f"{name}={text}"
        name = next(
            (field for field in CLAIM_FIELDS if field == name), next((field for field in CHANGED_FIRST if field.startswith(name)), "")
        )
        if not colon or not name:
            write(f"FIELD: TEXT changes one of {', '.join(CLAIM_FIELDS)}; FIELD: - takes it out")
            return
        if text == "-":
            fields.pop(name, None)
            return
        kind = CLAIM_FIELDS[name].kind
        try:
            if kind == REASONS:
                fields[name] = {**dict(fields.get(name, {})), **dict(fields_typed({name: [text]}, ledger)[name])}  # type: ignore[arg-type]
            elif kind in (NAMES, CLAIMS):
                choices = choices_of(name, fields, ledger)
                fields[name] = [said for part in text.split(",") if (said := self._said(name, part.strip(), choices, fields, ledger))]
            else:
                said = self._said(name, text, choices_of(name, fields, ledger), fields, ledger)
                if said:
                    fields[name] = said
        except Trouble as trouble:
            write(for_people(one_line(str(trouble))))


def _list(choices: Mapping[str, Sequence[str]]) -> None:
    """All that may be answered, each with the first of its other names."""
    for choice, names in sorted(choices.items()):
        write(for_people(f"  {one_line(choice)}{f'  {one_line(names[0])}' if names and names[0] != choice else ''}"))


_READ: dict[str, Callable[[str], object]] = {"said": parse_said, "holds": parse_holds, "quantity": parse_figure, "date": parse_day}


def _can_be_read(name: str, answer: str, fields: Mapping[str, Value], ledger: Ledger) -> bool:
    """Whether a figure or a date is one; if not, why is told at once, and not at the end."""
    known = ledger.vocabulary.properties.get(str(fields.get("property", "")))
    asked = known.type if name == "value" and known is not None else name
    parse = _READ.get(asked)
    if parse is None or not answer:
        return True
    try:
        parse(answer)
    except (FigureProblem, DateProblem) as problem:
        write(for_people(f"  `{shorten(answer, 60)}` can't be read: {one_line(str(problem))}"))
        return False
    return True


def _in_full(typed: str, near: str) -> str:
    """A date in full: of `10` or `09-10`, the month and the year are those of a day nearby."""
    made = []
    for part in typed.split("/"):
        short = re.fullmatch(r"(?:(\d{1,2})-)?(\d{1,2})(~?)", part)
        days = re.match(r"(\d{4})-(\d{2})", near)
        if short is None or days is None:
            made.append(plain_date(part) or part)
        else:
            made.append(f"{days[1]}-{(short[1] or days[2]).zfill(2)}-{short[2].zfill(2)}{short[3]}")
    return "/".join(made)
