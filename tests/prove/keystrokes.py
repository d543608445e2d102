"""How many keys `ledger new` takes for claims that were typed by hand: each claim of a file is asked for again, and answered with as few
letters as will do.

    python tests/prove/keystrokes.py CLAIMS-FILE [HOW MANY]
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from collections.abc import Callable
from contextlib import redirect_stdout
from io import StringIO
from itertools import product
from pathlib import Path
from typing import NamedTuple

from running import ROOT

from ledger.commands.asking import Talk, _in_full
from ledger.model import CLAIM_FIELDS, Claim, Trouble
from ledger.reading.loader import load
from ledger.reading.trees import WorkTree
from ledger.texts.quotes import OMISSION
from ledger.writing.drafts import choices_of, meant
from ledger.writing.quoting import quoted_in_one, quoted_in_sentence
from ledger.writing.splices import take_out, written


class Typing(NamedTuple):
    """The keys of one claim: typed as text, and with `new`; and how many of both are a curator's own words (notes, reasons)."""

    claim: str
    by_hand: int
    asked: int
    own: int


def fields_of(claim: Claim) -> dict[str, str | list[str] | dict[str, str]]:
    """The fields of a claim that are written."""
    found = {name: getattr(claim, name) for name in CLAIM_FIELDS if name in claim.at}
    return {
        name: list(value) if isinstance(value, tuple) else dict(value) if not isinstance(value, str) else value
        for name, value in found.items()
    }


def keys_by_hand(claim: Claim) -> int:
    """The keys of a claim as text, its fields on one line each."""
    return sum(len(f"  {name}: {written(value)}\n") for name, value in fields_of(claim).items())


_SHORT = {"note": "n", "stance": "st", "holds": "ho", "via": "vi"}


def own_words(claim: Claim) -> int:
    """The letters that no program can know."""
    return len(claim.note or "") + sum(map(len, claim.accept.values())) + len(claim.translation or "")


class Typist:
    """Answers what is asked for claims, one after the other, in as few letters as will do, and counts the keys of each."""

    def __init__(self, root: str, seed: str, claims: list[Claim]) -> None:
        self.talk = Talk(root, seed, True, False, self.read)
        self.ledger, self.seed = load(WorkTree(root)), seed
        self.waiting = list(claims)
        self.typed: list[Typing] = []
        self.keys = 0

    def run(self) -> list[Typing]:
        """The keys of each claim."""
        with redirect_stdout(StringIO()):
            self.talk.run({})
        return self.typed

    def read(self, prompt: str, complete: Callable[[str], list[str]]) -> str:
        """The answer to a prompt."""
        answer = self._answer(prompt)
        self.keys += len(answer) + 1
        if prompt.startswith("write") and not answer:
            self.typed.append(Typing(self.claim.id, keys_by_hand(self.claim), self.keys, own_words(self.claim)))
        return answer

    def _answer(self, prompt: str) -> str:
        name = prompt.split(":")[0].split(" ")[0]
        default = found[1] if (found := re.search(r"\[(.*)\]: $", prompt)) else ""
        if name == "quote":
            if not self.waiting:
                return "."
            self.keys, self.claim = 0, self.waiting.pop(0)
            self.fields, self.said = fields_of(self.claim), {"quote", "id", "before", "after"}
            return self._quote()
        if name in ("write", "mend"):
            for field, value in self.fields.items():
                if field not in self.said:
                    self.said.add(field)
                    text = (
                        ", ".join(value)
                        if isinstance(value, list)
                        else "".join(f"{code}={why}" for code, why in value.items())
                        if isinstance(value, dict)
                        else value
                    )
                    return f"{text.replace('=', ': ', 1)}" if isinstance(value, dict) else f"{_SHORT.get(field, field)}: {text}"
            assert name == "write", prompt
            return ""
        self.said.add(name)
        wanted = self.fields.get(name, {"stance": "asserts", "extent": "all"}.get(name, "-"))
        assert isinstance(wanted, str)
        if wanted == default:
            return ""
        if name == "said":
            return next(
                (
                    short
                    for length in (2, 3, 5, 6)
                    if _in_full(short := wanted[-length:].lstrip("-"), self.talk.near) == wanted and "/" not in wanted
                ),
                wanted,
            )
        choices = choices_of(name, {field: value for field, value in self.fields.items() if isinstance(value, str)}, self.ledger)
        return next((wanted[:end] for end in range(1, len(wanted)) if meant(wanted[:end], choices) == [wanted]), wanted)

    def _quote(self) -> str:
        """The fewest letters of the beginning and end of a quote that find just this one."""
        quote, sentence, before = self.claim.quote, self.talk.sentence, self.talk.sentence_before
        if sentence is not None and sentence[1] == quote:
            return ""
        short = _shortened(quote)
        if OMISSION in quote:  # each part by its first letters
            parts = [[part[:first] for first in range(1, 16)] for part in quote.split(f" {OMISSION} ")]
            short = [
                OMISSION.join(f"{begun}..{end}" for begun, end in zip(begins, ends, strict=True))
                for begins in zip(*parts, strict=True)
                for ends in product(*map(_ends, quote.split(f" {OMISSION} ")))
            ]
        for typed in sorted(short, key=len)[:20_000]:
            for sign, known in (("", sentence), ("<", before)):
                found = quoted_in_sentence(self.ledger, *known, typed) if known is not None else None
                if found is not None and found.quote == quote:
                    return sign + typed
        for typed in sorted(short, key=len):
            try:
                if len(typed) < len(quote) and quoted_in_one(self.ledger, typed, self.seed).quote == quote:
                    return typed
            except Trouble:
                continue
        return quote


def _ends(part: str) -> list[str]:
    """The last word of a part in a few letters, or nothing."""
    last = part.split(" ")[-1]
    return ["", *(last[:length] for length in range(1, min(6, len(last) + 1)))]


def _shortened(quote: str) -> list[str]:
    """Ways to name a quote by its beginning and its end."""
    words = quote.split(" ")
    last = [" ".join(words[-count:]) for count in range(1, min(4, len(words)))]
    return [f"{quote[:first]}..{end[:length]}" for end in last for length in range(len(end) + 1) for first in range(16)]


def typed_again(root: Path, path: str, most: int) -> list[Typing]:
    """The keys of the last claims of a file, taken out of a copy of its ledger and asked for again."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        shutil.copy(root / "ledger.yaml", copy)
        ledger = load(WorkTree(str(root)))
        file = next(file for file in ledger.files if file.path == path)
        for name in (path, f"seeds/{file.seed_name}"):
            (copy / name).parent.mkdir(exist_ok=True)
            shutil.copy(root / name, copy / name)
        claims = [claim for claim in file.claims if claim.found.ways == 1][-most:]
        text = (copy / path).read_text(encoding="utf-8")
        for number, claim in reversed(list(enumerate(file.claims))):
            if claim in claims:
                text = take_out(text, ("claims", number))
        (copy / path).write_text(text, encoding="utf-8")
        return Typist(folder, file.seed_name, sorted(claims, key=lambda claim: claim.found.spans)).run()


if __name__ == "__main__":
    told = typed_again(ROOT, sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 20)
    for each in told:
        print(f"{each.asked:5} {each.by_hand:5} {each.claim}")
    by_hand, asked, own = (sum(numbers) for numbers in zip(*((each.by_hand, each.asked, each.own) for each in told), strict=True))
    print(f"{len(told)} claims: {asked} keys asked, {by_hand} by hand: {100 * asked / by_hand:.0f} %")
    print(f"without {own} letters of notes, reasons and translations: {100 * (asked - own) / (by_hand - own):.0f} %")
