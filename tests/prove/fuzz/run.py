"""A coverage-guided run over one harness: `python tests/prove/fuzz/run.py reader FOLDER -runs=1000000` (needs `pip install atheris`).

FOLDER keeps the inputs that reached something new, and a later run goes on from them; options are libFuzzer's.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
SEEDS = {
    "reader": ["a: 1\nb: [x, 'y', \"z\"]\nc:\n- d: >-\n    e\n    f\n", "seed: a\nclaims: []\n"],
    "dates": ["2025", "2025-11~", "2025-11-21", "2025-11-21~/..", "../2025", "2025/2026", "P1Y2M3W4D", "forever", "21.11.2025"],
    "quantities": ["27000", "8.5", "~2000", ">=43", "<100", "1000..2000", "all", "30%", "10..20%", "27 000"],
}


def first_inputs(name: str) -> list[bytes]:
    """What a run begins with, where its folder is empty."""
    from fuzz.harnesses import BREAK, VOCABULARY

    claims = (
        "seed: text.txt\nsha256: @\nlanguage: en\npublished: 2025-03-31\nclaims:\n- id: a\n  place: millbrook\n  property: control\n"
        "  value: east\n  extent: all\n  claimant: ministry\n  via: [sources]\n  said: 2025-03-01\n  holds: 2025-03-01/..\n"
        "  quote: Millbrook is held [...] the east\n  before: That\n- {id: b, place: millbrook, property: control, value: west, said: 2025-03-01,\n"
        "   claimant: sources, quote: fell to the west, hedge: reportedly, disputes: [a], accept: {Q314: it is}}\n"
        "tensions:\n- {claims: [a, b], by: us, on: 2025-04-01, why: both}\npassed-over:\n- {quote: Read on, why: advertisement}\n"
    )
    seed = "That Millbrook is held today by the east.\n\nIt reportedly fell to the west, not so long ago. Read on\n"
    if name == "lines":
        neat = claims.replace("- {id: b,", "- id: b\n  note: >-\n    so it\n    is\n  accept: {Q314: it is}\n- {id: c,")
        return [claims.encode(), neat.encode(), (HERE.parents[2] / "claims" / "2025-12-13-kupiansk-ro.yaml").read_bytes()[:3000]]
    if name == "ledgers":
        return [BREAK.join((VOCABULARY.encode(), claims.encode(), seed.encode())), BREAK.join((b"", claims.encode(), seed.encode()))]
    if name == "quotes":
        return [BREAK.join((seed.encode(), quote.encode())) for quote in ("held today", "That [...] east", "It  reportedly\nfell")]
    return [text.encode() for text in SEEDS[name]]


def main() -> None:
    """Fuzz the harness that the first argument names."""
    atheris: Any = importlib.import_module("atheris")
    sys.path.insert(0, str(HERE.parent))
    sys.path[1:1] = [str(HERE.parents[1]), str(HERE.parents[2])]
    with atheris.instrument_imports(include=["ledger", "fuzz"]):
        from fuzz.harnesses import HARNESSES
    name, folder = sys.argv[1], Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(first_inputs(name)):
        (folder / f"first-{number}").write_bytes(data)
    atheris.Setup([sys.argv[0], str(folder), *sys.argv[3:]], HARNESSES[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
