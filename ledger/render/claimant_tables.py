"""The tally of claimants as rows and columns for a terminal: claimants, claimant against claimant, sides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ledger.answers.agreement import report_words
from ledger.answers.claimants import Cell, ClaimantRow, SideRow, certain
from ledger.conflicts.claims_in_words import side_name
from ledger.render.blocks import Line, Pages
from ledger.render.claimants import against_words, claimant_name, not_reversed, side_words_of, stances, strength_words, strengths
from ledger.texts.display import count_of

Columns = list[tuple[str, str]]
WIDE = 120  # characters: from here on, every count has a column of its own
OPPONENTS = 6  # named in a table's cell at most
NAMES = 24  # characters that a name beside the matrix keeps at least, where it has as many


def claimant_table(rows: Sequence[ClaimantRow], pages: Pages, width: int) -> tuple[Columns, list[list[Line]]]:
    """Columns and rows: one row a claimant. In a narrow terminal its side, opponents and reversals share the cells beside them."""
    if width < WIDE:
        columns = [
            ("claimant", "fold"), ("claims", "keep"), ("contradicted", "fold"), ("tensions\nnoted", "keep"), ("agreed\nlater", "keep"),
            ("relayed in", "keep"),
        ]  # fmt: skip
    else:
        columns = [
            ("claimant", "fold"), ("side", "keep"), ("claims", "keep"), ("contradicted", "keep"), ("by whom", "fold"),
            ("own\nreversals", "keep"), ("tensions\nnoted", "keep"), ("agreed\nlater", "keep"), ("relayed in", "keep"),
        ]  # fmt: skip
    return columns, [_cells(row, pages, width < WIDE) for row in rows]


def _cells(row: ClaimantRow, pages: Pages, narrow: bool) -> list[Line]:
    name: Line = [(claimant_name(row.claimant, pages), "who")]
    counted = [str(len(row.claims)), *filter(None, stances(row.claims).split(", "))] if row.claims else []
    whom = ", ".join(f"{claimant_name(met.claimant, pages)} {len(met.conflicts)}" for met in row.opponents[:OPPONENTS])
    if len(row.opponents) > OPPONENTS:
        whom += f" and {len(row.opponents) - OPPONENTS} more"
    agreed = [str(len(row.agreed_later()))] if row.agreed_later() else []
    if not row.agreement_is_counted():
        agreed = ["not\ncounted"]
    relayed = report_words(row.reports, row.origins).split(", ")
    if not narrow:
        side: Line = [(side_name(row.side, pages.ledger.vocabulary) if row.side else "", "")]
        contradicted = _stack(strengths(row.contradictions))
        reversals = _stack([*strengths(row.reversals), *not_reversed(row)])
        return [name, side, _stack(counted), contradicted, [(whom, "")], reversals, _noted(row), _stack(agreed), _stack(relayed)]
    together = [f"{strength_words(row.contradictions)}: {whom}"] if row.contradictions else []
    if row.reversals:
        together.append(f"own reversals: {strength_words(row.reversals)}")
    together += not_reversed(row)
    name.append((f" ({side_name(row.side, pages.ledger.vocabulary)})" if row.side else "", ""))
    return [name, _stack(counted), _stack(together), _noted(row), _stack(agreed), _stack(relayed)]


def _noted(row: ClaimantRow | SideRow) -> Line:
    """How many tensions were noted; a dash for none."""
    return _stack([str(len(row.tensions))] if row.tensions else [])


def _stack(parts: Sequence[str]) -> Line:
    """Parts below each other; a dash for none."""
    return [("\n".join(parts), "")] if parts else [("-", "where")]


def matrix_tables(
    cells: Sequence[Cell], order: Sequence[str], pages: Pages, width: int, most: int
) -> tuple[list[tuple[Columns, list[list[Line]]]], str]:
    """Claimant against claimant, and a note: at most `most` claimants (0: all), those that stand in most contradictions, in the
    given order. Numbers head the columns where the names do not fit; columns that do not fit either go to further tables."""
    pairs: Counter[str] = Counter()
    for cell in cells:
        for claimant in {cell.one, cell.other}:
            pairs[claimant] += len(cell.conflicts)
    ranked = sorted(pairs, key=lambda claimant: (-pairs[claimant], claimant))
    places = {claimant: number for number, claimant in enumerate(order)}
    shown = sorted(ranked[: most or None], key=lambda claimant: places.get(claimant, len(places)))
    names = [claimant_name(claimant, pages) for claimant in shown]
    widest = max(map(len, names), default=0)
    fitting = widest + 2 + sum(len(name) + 3 for name in names) <= width
    heads = names if fitting else [str(number) for number in range(1, len(shown) + 1)]
    label: Columns = [("", "fold")] if fitting else [("", "keep"), ("", "fold")]
    found = {key: cell for cell in cells for key in ((cell.one, cell.other), (cell.other, cell.one))}
    body = [[_cell(found.get((one, other))) for other in shown] for one in shown]
    widths = [max(len(head), *(len(row[number][0][0]) for row in body)) + 3 for number, head in enumerate(heads)]
    tables = []
    for begin, end in [(0, len(shown))] if fitting else _blocks(widths, width - min(widest, NAMES) - 8):
        rows = [
            [*([] if fitting else [[(str(number), "")]]), [(name, "who")], *row[begin:end]]
            for number, (name, row) in enumerate(zip(names, body, strict=True), 1)
        ]
        tables.append((label + [(head, "keep") for head in heads[begin:end]], rows))
    note = "pairs of claims that contradict each other, own reversals and what was relayed in two ways too; on the diagonal, two claims of one claimant"
    if len(shown) < len(ranked):
        kept = set(shown)
        drawn = sum(len(cell.conflicts) for cell in cells if cell.one in kept and cell.other in kept)
        total = sum(len(cell.conflicts) for cell in cells)
        note += f"\nshown: the {len(shown)} of {count_of(len(ranked), 'claimant')} that stand in most, with {count_of(drawn, 'pair')} of {count_of(total, 'pair')}"
        note += "; --limit 0 shows all"
    return tables, note


def _blocks(widths: Sequence[int], room: int) -> Iterator[tuple[int, int]]:
    """Columns of these widths, cut into as few stretches as fit in the room each."""
    begin, used = 0, 0
    for number, width in enumerate(widths):
        if number > begin and used + width > room:
            yield begin, number
            begin, used = number, 0
        used += width
    yield begin, len(widths)


def _cell(met: Cell | None) -> Line:
    return [("·", "where")] if met is None else [(str(len(met.conflicts)), "certain" if certain(met.conflicts) else "possible")]


def side_table(sides: Sequence[SideRow], pages: Pages) -> tuple[Columns, list[list[Line]]]:
    """Columns and rows: one row a side."""
    columns = [("side", "fold"), ("claimants", "keep"), ("claims", "keep"), ("within\nthe side", "keep"), ("against others", "fold"),
               ("own\nreversals", "keep"), ("tensions\nnoted", "keep")]  # fmt: skip
    return columns, [
        [
            [(side_words_of(row.side, pages), "who")],
            [(str(row.claimants), "")],
            [(str(row.claims), "")],
            _stack(strengths(row.within)),
            _stack([f"{strength_words(row.across)}: {against_words(row, pages)}"] if row.across else []),
            _stack([*strengths(row.reversals), *not_reversed(row)]),
            _noted(row),
        ]
        for row in sides
    ]
