"""DESIGN section 4 on cumulative figures: every example and rule, by both implementations."""

from __future__ import annotations

from judging import BY_BOTH, SAID, Judge, Record


def counts(judge: Judge, larger: str | None, smaller: str | None, said: tuple[str, str] = (SAID, SAID), **fields: str) -> str | None:
    """The verdict on a count of 150 and one of 100, each with its `holds`."""
    one: Record = {"property": "losses", "subject": "russia", "value": "150", "said": said[0]}
    two: Record = {"property": "losses", "subject": "russia", "value": "100", "said": said[1]} | fields
    return judge.pair(one | ({"holds": larger} if larger else {}), two | ({"holds": smaller} if smaller else {}))


@BY_BOTH
def test_neither_states_a_start(judge: Judge) -> None:
    assert counts(judge, None, None, ("2025-11-10", "2025-11-12")) == "figure certain"
    assert counts(judge, None, None) == "figure certain"
    assert counts(judge, None, None, ("2025-11-12", "2025-11-10")) is None
    assert counts(judge, None, None, ("2025-11-12~", "2025-11-10")) == "figure possible"
    assert counts(judge, None, None, ("2025-11-10", "2025-11-13~")) == "figure certain"
    assert counts(judge, None, None, ("2025-11-10", "2025-11-12~")) == "figure possible"
    assert counts(judge, None, None, ("2025-11-14~", "2025-11-10")) is None
    assert counts(judge, None, None, ("2025-11-10", "2026-05-01")) == "figure certain"  # no overlap is asked
    assert counts(judge, "2025-11-05", "../2025-11-05") == "figure certain"
    assert counts(judge, "../2025-11-06", "2025-11-05") is None
    assert counts(judge, "../2025-11-05", "../2025-11-05~") == "figure possible"


@BY_BOTH
def test_both_state_a_start(judge: Judge) -> None:
    assert counts(judge, "2025-11-03/2025-11-05", "2025-11-01/2025-11-06") == "figure certain"
    assert counts(judge, "2025-11-01/2025-11-05", "2025-11-01/2025-11-05") == "figure certain"
    assert counts(judge, "2025-11-01/2025-11-05", "2025-11-02/2025-11-06") is None
    assert counts(judge, "2025-11-03/2025-11-07", "2025-11-01/2025-11-06") is None
    assert counts(judge, "2025-11-01~/2025-11-05", "2025-11-03/2025-11-06") == "figure possible"
    assert counts(judge, "2025-11-03/2025-11-05", "2025-11-01~/2025-11-06") == "figure possible"
    assert counts(judge, "2025-11-04/2025-11-05", "2025-11-01~/2025-11-06") == "figure certain"
    assert counts(judge, "2025-11-03/2025-11-05~", "2025-11-01/2025-11-06") == "figure possible"
    assert counts(judge, "2025-11-05/2025-11-05", "2025-11-01/..") == "figure certain"  # a day's own count
    assert counts(judge, "2025-11-05/2025-11-05", "2025-11-06/2025-11-06") is None
    assert counts(judge, "2025-11-01/..", "2025-11-01/2025-11-12") == "figure certain"
    assert counts(judge, "2025-11-01/..", "2025-11-01/2025-11-09") is None


@BY_BOTH
def test_only_one_states_a_start(judge: Judge) -> None:
    assert counts(judge, "2025-11-01/2025-11-05", None) == "figure possible"
    assert counts(judge, "2025-11-01/2025-11-11", None) is None
    assert counts(judge, "2025-11-01/..", "../2025-11-10") == "figure possible"
    assert counts(judge, None, "2025-11-01/2025-11-12") is None  # the larger may have been counted for longer
    assert counts(judge, "2025-11-05", "2025-11-01/..") is None


@BY_BOTH
def test_counts_and_their_tolerance(judge: Judge) -> None:
    def dead(value: str, said: str = SAID, **fields: str) -> str | None:
        return judge.pair({"value": value}, {"value": "100", "said": said} | fields, property="dead")

    assert dead("110") is None and dead("111") == "figure certain"
    assert dead("111", "2025-11-09") is None and dead("111", "2025-11-11") == "figure certain"
    assert dead("91") is None and dead("90.9") == "figure certain"  # 90.9 + 10 % is 99.99: now 100 is the larger
    assert dead("90.9", "2025-11-11") is None and dead("90.9", "2025-11-09") == "figure certain"
    assert judge.pair({"value": "111"}, {"value": ">=100"}, property="dead") is None
    assert judge.pair({"value": ">=111"}, {"value": "100"}, property="dead") == "figure certain"
    assert judge.pair({"value": "111"}, {"value": "100", "place": "centre"}, property="dead") is None
    assert judge.entry({"property": "dead", "value": "111"}, {"property": "dead", "value": "100"}) == (
        ["figure", "certain", "across", "kupiansk", "dead", None]
    )


@BY_BOTH
def test_between_counts_of_one_mouth(judge: Judge) -> None:
    total = {"property": "dead", "claimant": "map"}
    assert judge.entry(total | {"value": "150"}, total | {"value": "100", "said": "2025-11-20"})[:3] == ["figure", "certain", "own"]
    assert judge.pair(total | {"value": "150", "said": "2025-11-20"}, total | {"value": "100"}) is None


@BY_BOTH
def test_denied_counts(judge: Judge) -> None:
    def denied(value: str, asserted: str, denial: str, **holds: str | None) -> str | None:
        return counts(judge, holds.get("one"), holds.get("two"), (asserted, denial), stance="denies", value=value)

    # `>=N` and `>N`: the assertion is of no longer a period than the denial
    assert denied(">=100", "2025-11-10", "2025-11-12") == "denial certain"
    assert denied(">=100", "2025-11-12", "2025-11-10") is None
    assert denied(">=100", "2025-11-12~", "2025-11-10") == "denial possible"
    assert denied(">149", "2025-11-10", "2025-11-12") == "denial certain"
    assert denied(">150", "2025-11-10", "2025-11-12") is None  # it does not lie inside
    assert denied(">=100", "2025-11-10", "2025-11-12", one="2025-11-01/..") == "denial possible"
    assert denied(">=100", "2025-11-10", "2025-11-12", two="2025-11-01/..") is None
    # `<=N` and `<N`: the denial is of no longer a period than the assertion
    assert denied("<=200", "2025-11-12", "2025-11-10") == "denial certain"
    assert denied("<=200", "2025-11-10", "2025-11-12") is None
    assert denied("<151", "2025-11-10", "2025-11-12~") == "denial possible"
    assert denied("<150", "2025-11-12", "2025-11-10") is None
    assert denied("<=200", "2025-11-12", "2025-11-10", two="2025-11-01/..") == "denial possible"
    assert denied("<=200", "2025-11-12", "2025-11-10", one="2025-11-01/..") is None
    # any other: each is of no longer a period than the other
    assert denied("100..200", "2025-11-10", "2025-11-10") == "denial certain"
    assert denied("150", "2025-11-10", "2025-11-10") == "denial certain"
    assert denied("~150", "2025-11-10", "2025-11-10") == "denial certain"
    assert denied("100..200", "2025-11-10", "2025-11-12") is None
    assert denied("100..200", "2025-11-12", "2025-11-10") is None
    assert denied("100..200", "2025-11-10", "2025-11-10~") == "denial possible"
    assert denied("100..200", "2025-11-10", "2025-11-13~") == "denial possible"  # certain one way, possible the other
    assert denied("100..200", "2025-11-13~", "2025-11-10") == "denial possible"
    assert denied("100..200", "2025-11-10", "2025-11-10", one="2025-11-01/..") is None
    assert denied("100..200", "2025-11-10", "2025-11-10", one="2025-11-01/..", two="2025-11-01/..") == "denial certain"
