"""What a report holds for machines: the very answers of `ledger claims` and `ledger conflicts`; of very many claims, packed."""

from __future__ import annotations

import json
from collections.abc import Collection
from itertools import islice
from typing import Any

from ledger.answers.filters import Filter, said_around
from ledger.answers.report import Told
from ledger.render import claims as claims_format
from ledger.render import conflicts as conflicts_format
from ledger.render.blocks import Pages
from ledger.render.check import dumps

PLAIN = 1_000  # claims that are written out in full; of more, what is the same in all, in a file or of no value is told once


def claims_data(told: Told, pages: Pages, left_out: Collection[tuple[str, int]], wanted: Filter) -> str:
    """What `ledger claims --format json` prints; of more than PLAIN claims packed, so that `unpacked` gives the same."""
    asked = told.asked
    hidden = {(claim.path, claim.line) for claim in asked.too_late}
    near = said_around((claim for claim in pages.ledger.claims() if (claim.path, claim.line) not in hidden), wanted, pages.ledger)
    text = "".join(claims_format.to_json(asked.claims, None, pages, left_out, len(asked.too_late), near))
    return text if len(asked.claims) <= PLAIN else dumps(packed(json.loads(text)))


def conflicts_data(told: Told, pages: Pages, wanted: Filter, near: list[tuple[str, int]], most: int) -> str:
    """What `ledger conflicts --format json` prints; of more than `most` what `--limit` makes of it."""
    every = told.every(wanted, pages.ledger)
    first = list(islice(every, most + 1))
    limit = most if len(first) > most else None
    total = sum(question.pairs for question in told.gathered)
    return "".join(conflicts_format.to_json(first, total, told.gathered, told.findings, pages, limit, near))


def packed(answer: dict[str, Any]) -> dict[str, Any]:
    """The answer with its claims as rows: `columns` names what stands in them; a number in a column that `texts` has is that of a
    text there."""
    records = answer["claims"]
    columns = list(records[0])
    texts: dict[str, list[Any]] = {}
    for name in columns:
        values = {json.dumps(record[name]): record[name] for record in records}
        if len(values) * 4 <= len(records):
            texts[name] = [values[key] for key in sorted(values)]
    numbers = {name: {json.dumps(value): number for number, value in enumerate(listed)} for name, listed in texts.items()}
    rows = [[numbers[name][json.dumps(record[name])] if name in texts else record[name] for name in columns] for record in records]
    return {**answer, "claims": rows, "columns": columns, "texts": texts}


def unpacked(answer: dict[str, Any]) -> dict[str, Any]:
    """What was packed."""
    columns, texts = answer["columns"], answer["texts"]
    claims = [
        {name: texts[name][value] if name in texts else value for name, value in zip(columns, row, strict=True)} for row in answer["claims"]
    ]
    return {name: value for name, value in {**answer, "claims": claims}.items() if name not in ("columns", "texts")}
