"""`ledger accept CLAIM CODE --why REASON`."""

from __future__ import annotations

import click

from ledger.commands.opening import find_root
from ledger.commands.options import dry_run_option, in_a_folder
from ledger.commands.outputs import write, write_written
from ledger.model import Trouble
from ledger.render.check import for_people
from ledger.rules import RULES
from ledger.rules.registry import WARNING
from ledger.texts.display import one_line
from ledger.texts.suggestions import did_you_mean
from ledger.writing.edits import Edit


@click.command("accept")
@click.argument("claim")
@click.argument("code")
@click.option("--why", metavar="REASON", required=True, help="Why the warning may stand.")
@dry_run_option()
@in_a_folder
def command(folder: str | None, claim: str, code: str, why: str, dry_run: bool) -> int:
    """Let a warning of a claim stand, with the reason: `accept` in the claims file."""
    code = code_of(code)
    if not why.strip():
        raise Trouble("`--why` is empty: say why the warning may stand")
    with Edit(find_root(folder)) as edit:
        path = edit.path_of(claim)
        known = next(known for known in edit.ledger.claims() if known.id == claim and known.path == path)
        report = edit.judge.report
        if known.accept.get(code):
            raise Trouble(f"`{one_line(claim)}` accepts {code} already: {one_line(known.accept[code])}")
        if report is None or not any(found.claim == claim and found.path == path and found.code == code for found in report.diagnostics):
            raise Trouble(f"`{one_line(claim)}` raises no {code}: there is nothing to accept (see `ledger check {one_line(path)}`)")
        edit.accept(claim, code, why)
        written = edit.write(dry_run)
    write_written(written, dry_run)
    if not dry_run:
        write(for_people(f"{one_line(path)}: `{one_line(claim)}` accepts {code}"))
    return 0


def code_of(text: str) -> str:
    """The code of the warning that a code or a rule's name says; raises Trouble for another."""
    names = {rule.name: rule.code for rule in RULES.values()}
    code = text.upper() if text.upper() in RULES else names.get(text, "")
    if not code:
        hint = did_you_mean(text, [*RULES, *names])
        raise Trouble(f"there is no rule {one_line(text)}" + (f": {hint}" if hint else ""))
    if RULES[code].severity != WARNING:
        raise Trouble(f"{code} is an error, and only warnings can be accepted: mend the claim (`ledger explain {code}`)")
    return code
