"""Where sentences can't be told from each other, nothing counts as read that nobody quoted."""

from __future__ import annotations

import json
from pathlib import Path

from running import run
from small import file_of, ledger_at

THAI = "เมืองมิลบรูกแตกแล้ว สะพานถูกระเบิด ผู้คนหนีไป\n\nตลาดปิด ถนนโล่ง"
QUOTED = [{"id": "one", "value": "east", "said": "2025-03-01", "quote": "สะพานถูกระเบิด", "translation": "The bridge was blown up"}]


def test_what_stands_between_quotes_is_open(tmp_path: Path) -> None:
    tail = "passed-over:\n- {quote: ถนนโล่ง, why: no news}\n"
    folder = ledger_at(tmp_path, file_of(QUOTED, "th.txt", THAI, tail, language="th"))
    out = run("-C", folder, "seeds", "--open").out
    assert "seeds/th.txt: sentences: not told apart in th; 1 piece quoted, 1 passed over, 3 open between them" in out
    assert [line.split("open: ")[1] for line in out.splitlines() if "open: " in line] == ["เมืองมิลบรูกแตกแล้ว", "ผู้คนหนีไป", "ตลาดปิด"]
    listed = run("-C", folder, "seeds").out
    assert "sentences: not told apart in th; what stands between quotes is open" in listed and "1 sentence" not in listed
    row = json.loads(run("-C", folder, "seeds", "--format", "json").out)["seeds"][0]
    assert (row["told_apart"], row["with_claim"], row["passed_over"], row["open"]) == (False, 1, 1, 3)


def test_a_quote_over_two_paragraphs_is_quoted_in_both(tmp_path: Path) -> None:
    claim = {**QUOTED[0], "quote": "ผู้คนหนีไป ตลาดปิด"}
    folder = ledger_at(tmp_path, file_of([claim], "th.txt", THAI, language="th"))
    row = json.loads(run("-C", folder, "seeds", "th.txt", "--format", "json").out)["seeds"][0]
    assert [(piece["text"], piece["state"]) for piece in row["text"]] == [
        ("เมืองมิลบรูกแตกแล้ว สะพานถูกระเบิด", "open"),
        ("ผู้คนหนีไป", "claim"),
        ("ตลาดปิด", "claim"),
        ("ถนนโล่ง", "open"),
    ]
