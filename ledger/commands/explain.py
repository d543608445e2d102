"""`ledger explain CODE`, `ledger explain WORD`."""

from __future__ import annotations

from textwrap import indent

import click

from ledger.commands.options import format_option
from ledger.commands.outputs import write
from ledger.commands.pager import paged
from ledger.model import Trouble
from ledger.render.check import dumps
from ledger.rules import RULES
from ledger.rules.glossary import WORDS, Word
from ledger.texts.display import one_line
from ledger.texts.suggestions import did_you_mean


@click.command("explain")
@click.argument("code", required=False)
@format_option("text", "json")
@paged
def command(code: str | None, form: str) -> int:
    """A rule of `ledger check` (why it is one, a bad and a good example, the remedy), or a word of ledger.yaml. Without CODE: all rules, a line
    each."""
    if code is None:
        rules = sorted(RULES.values())
        if form == "json":
            write(
                dumps({"schema_version": 1, "rules": [{"code": rule.code, "name": rule.name, "severity": rule.severity} for rule in rules]})
            )
        else:
            write("\n".join(f"{rule.code}  {rule.severity:7}  {rule.name.replace('_', ' ')}" for rule in rules))
        return 0
    names = {rule.name: rule for rule in RULES.values()} | {rule.name.replace("_", "-"): rule for rule in RULES.values()}
    rule = RULES.get(code.upper()) or names.get(code)
    if rule is None:
        if code in WORDS:
            write(_json_of_word(code, WORDS[code]) if form == "json" else _text_of_word(code, WORDS[code]))
            return 0
        hint = did_you_mean(code, [*RULES, *names, *WORDS])
        raise Trouble(f"no rule is called {one_line(code)}" + (f": {hint}" if hint else " (`ledger explain` lists them)"))
    if form == "json":
        write(
            dumps(
                {
                    "schema_version": 1,
                    "code": rule.code,
                    "name": rule.name,
                    "severity": rule.severity,
                    "excludes": rule.excludes,
                    "manual": rule.manual,
                    "bad": rule.bad,
                    "good": rule.good,
                }
            )
        )
        return 0
    effect = "an error" if rule.severity == "error" else "a warning"
    if rule.severity != "error" and "file" in rule.scopes:
        effect += ": accept it on the claim with `accept: {" + rule.code + ": the reason}`, where it may stand"
    if rule.excludes:
        effect += "; a claim with it takes no part in contradictions"
    parts = [f"{rule.code} {rule.name.replace('_', ' ')} ({effect})", rule.manual]
    parts += [f"{word}\n{indent(example.rstrip(), '    ')}" for word, example in (("Bad:", rule.bad), ("Good:", rule.good)) if example]
    write("\n\n".join(parts))
    return 0


def _json_of_word(name: str, word: Word) -> str:
    return dumps({"schema_version": 1, "word": name, "means": word.means, "example": word.example, "then": list(word.then)})


def _text_of_word(name: str, word: Word) -> str:
    parts = [f"{name}\n{word.means}"]
    if word.example:
        parts.append("Example:\n" + indent(word.example.rstrip("\n"), "    "))
    if word.then:
        parts.append("What contradicts what in it:\n" + "\n".join(f"    {line}" for line in word.then))
    elif "claims:" in word.example:
        parts.append("Nothing in it contradicts anything.")
    return "\n\n".join(parts)
