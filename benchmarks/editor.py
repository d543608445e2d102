"""How long an editor waits for the defects of what was typed, in a ledger of 10,000 claims; and what an idle server takes.

    python benchmarks/editor.py FOLDER [--keys 200]      # FOLDER as benchmarks/generate.py wrote it

Letters are typed one by one into a claim of a file in the middle: a note, an id that is wrong while it is typed, a quote that is, and a new
claim. From each keystroke to the defects it is what a person waits: the server's pause before it looks is in it. Nothing is written.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parent.parent / "tests"), str(Path(__file__).resolve().parent.parent)]

from speaking import Server  # noqa: E402

CLAIM = (
    "- id: typed-now\n  place: {place}\n  property: control\n  value: north\n  claimant: {claimant}\n  said: 2021-03-04\n  quote: {quote}\n"
)


def typed_texts(text: str) -> list[tuple[str, str]]:
    """The texts after each keystroke, each with what is being typed."""
    lines = text.split("\n")
    found: list[tuple[str, str]] = []

    def at(kind: str, number: int, before: str, typed: str) -> None:
        for end in range(1, len(typed) + 1):
            found.append((kind, "\n".join([*lines[:number], before + typed[:end], *lines[number + 1 :]])))

    first = {key: next(number for number, line in enumerate(lines) if line.startswith(f"  {key}: ")) for key in ("place", "quote", "said")}
    at("note", first["said"], lines[first["said"]] + "\n  note: ", "counted back from Friday 12 December")
    at("place", first["place"], "  place: ", lines[first["place"]].partition(": ")[2])
    at("quote", first["quote"], "  quote: ", lines[first["quote"]].partition(": ")[2][:60])
    fields = {key: lines[first[key]].partition(": ")[2] for key in ("place", "quote")}
    claimant = next(line for line in lines if line.startswith("  claimant: ")).partition(": ")[2]
    new = CLAIM.format(claimant=claimant, **fields)
    head = next(number for number, line in enumerate(lines) if line.startswith("- id: "))
    for end in range(1, len(new)):
        found.append(("new claim", "\n".join([*lines[:head], new[:end], *lines[head:]])))
    return found


def processor_seconds(process: int) -> float:
    """What a process took of the processor so far."""
    told = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--keys", type=int, default=200)
    asked = parser.parse_args()
    files = sorted((asked.folder / "claims").glob("*.yaml"))
    path = files[len(files) // 2].resolve()
    text, uri = path.read_text(encoding="utf-8"), path.as_uri()
    program = [sys.executable, "-P", str(Path(__file__).resolve().parent.parent / "cli.py"), "lsp"]
    with Server(program) as server:
        server.ask("initialize", processId=None, rootUri=None, capabilities={})
        server.tell("initialized")

        def shown(method: str, **parameters: Any) -> float:
            begin = time.perf_counter()
            server.published.pop(uri, None)
            server.tell(method, **parameters)
            while uri not in server.published:
                server.receive()
            return (time.perf_counter() - begin) * 1000

        opening = shown("textDocument/didOpen", textDocument={"uri": uri, "languageId": "yaml", "version": 1, "text": text})
        texts = typed_texts(text)
        chosen = texts[:: max(1, len(texts) // asked.keys)]
        waits: dict[str, list[float]] = {}
        for number, (kind, new) in enumerate(chosen, 2):
            change = [{"text": new}]
            waits.setdefault(kind, []).append(
                shown("textDocument/didChange", textDocument={"uri": uri, "version": number}, contentChanges=change)
            )
            time.sleep(0.05)
        time.sleep(1)
        before = processor_seconds(server.process.pid)
        time.sleep(5)
        idle = processor_seconds(server.process.pid) - before
    every = sorted(wait for kind in waits.values() for wait in kind)
    print(f"opening: {opening:.0f} ms (the whole ledger is read)")
    for kind, found in waits.items():
        print(f"{kind:10} {len(found):4} keystrokes  median {statistics.median(found):6.1f} ms  most {max(found):6.1f} ms")
    p95 = every[int(len(every) * 0.95)]
    print(
        json.dumps(
            {
                "keystrokes": len(every),
                "median_ms": round(statistics.median(every), 1),
                "p95_ms": round(p95, 1),
                "idle_s_of_5": round(idle, 3),
            }
        )
    )


if __name__ == "__main__":
    main()
