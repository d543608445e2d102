"""`ledger selftest`."""

from __future__ import annotations

import click

from ledger.commands.options import format_option
from ledger.commands.outputs import write


@click.command("selftest")
@format_option("text", "json")
def command(form: str) -> int:
    """Try the checker itself: hundreds of little ledgers that ship with it, each with one defect, and their good neighbours.

    It needs no ledger and writes only into the system's folder for temporary files. Exit code 1 where a case does not hold.
    """
    from ledger.render import selftest as render
    from ledger.rules.selftest import read_corpus, try_case

    trials = [try_case(case) for case in read_corpus()]
    write(render.to_json(trials) if form == "json" else render.to_text(trials))
    return 0 if all(trial.holds for trial in trials if not trial.unbuilt) else 1
