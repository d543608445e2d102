"""What came of the corpus, as text for people and as JSON for machines."""

from __future__ import annotations

from collections.abc import Sequence

from ledger.render.check import dumps, for_people
from ledger.rules.selftest import Trial
from ledger.texts.display import count_of, one_line


def to_text(trials: Sequence[Trial]) -> str:
    """Each case that does not hold, with what was expected and what came; then how many of how many do."""
    blocks = [_failure(trial) for trial in trials if not trial.holds]
    lines = []
    for good, noun, what in ((False, "little ledger with a defect", "reported just so"), (True, "good neighbour", "silent")):
        tried = [trial for trial in trials if trial.case.good is good]
        plural = noun.replace("ledger", "ledgers") if "ledger" in noun else ""
        lines.append(f"{sum(trial.holds for trial in tried)} of {count_of(len(tried), noun, plural)}: {what}")
    unbuilt = sum(bool(trial.unbuilt) for trial in trials)
    if unbuilt:
        lines.append(f"not tried: {count_of(unbuilt, 'case')} that this system can't hold (links, pipes, names)")
    return "\n\n".join([*blocks, "\n".join(lines)])


def _failure(trial: Trial) -> str:
    case = trial.case
    lines = [for_people(f"{case.theme}: {one_line(case.name)}")]
    if trial.unbuilt:
        return "\n".join([*lines, for_people(f"  not tried: {one_line(trial.unbuilt)}")])
    for what, findings in (("expected", case.expected), ("came", trial.found)):
        lines.append(for_people(f"  {what + ':':9} {', '.join(one_line(finding) for finding in findings) or 'nothing'}"))
    return "\n".join(lines)


def to_json(trials: Sequence[Trial]) -> str:
    """Every case: its theme and name, whether it holds, what was expected and what came."""
    return dumps(
        {
            "schema_version": 1,
            "cases": [
                {
                    "theme": trial.case.theme,
                    "name": trial.case.name,
                    "good": trial.case.good,
                    "holds": trial.holds,
                    "expected": list(trial.case.expected),
                    "found": list(trial.found),
                    "not_tried": trial.unbuilt or None,
                }
                for trial in trials
            ],
            "total": len(trials),
            "hold": sum(trial.holds for trial in trials),
        }
    )
