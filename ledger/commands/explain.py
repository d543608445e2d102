"""`ledger explain CODE`."""

from __future__ import annotations

from textwrap import indent

import click

from ledger.commands.options import format_option
from ledger.commands.outputs import write
from ledger.model import Trouble
from ledger.render.check import dumps
from ledger.rules import RULES
from ledger.texts.display import one_line
from ledger.texts.suggestions import did_you_mean


@click.command("explain")
@click.argument("code", required=False)
@format_option("text", "json")
def command(code: str | None, form: str) -> int:
    """A rule of `ledger check`: why it is one, a bad and a good example, the remedy. Without CODE: all rules, a line each."""
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
        hint = did_you_mean(code, [*RULES, *names])
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
