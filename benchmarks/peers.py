"""Other programs that check records kept as text, and the content of a generated ledger in the form of each.

Each gets the same claims as far as its form has room for them. What it does with them is not the same work: `REMARK` says what.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import yaml

Claims = list[tuple[dict[str, Any], Path]]  # each claims file as loaded, and its seed


class Peer(NamedTuple):
    """A program: how it is had (a package, or a program on the PATH), up to how many claims it is measured, how content is
    prepared for it (the command to run is given back), and what is not the same work."""

    name: str
    package: str
    most: int
    prepare: Callable[[Claims, Path, Path], list[str]]
    remark: str


def read_claims(ledger: Path) -> Claims:
    """The claims files of a ledger."""
    files = (yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader) for path in sorted((ledger / "claims").iterdir()))
    return [(file, ledger / "seeds" / file["seed"]) for file in files]


def day(claim: dict[str, Any]) -> str:
    """The day on which a claim was said."""
    said = claim["said"]
    return said.isoformat() if isinstance(said, date) else str(said).rstrip("~")


def account(text: str) -> str:
    """A name as a part of an account."""
    return text.replace("-", "").capitalize()


def hledger(files: Claims, work: Path, programs: Path) -> list[str]:
    """A journal: a transaction a claim, one unit from the claimant to the place."""
    lines = []
    for file, _ in files:
        for claim in file["claims"]:
            lines.append(f"{day(claim)} {claim['quote'].replace(';', ',')}  ; id: {claim['id']}")
            lines.append(f"    {claim['place']}:{claim['property']}    1 CLAIM\n    claimants:{claim['claimant']}    -1 CLAIM\n")
    (work / "claims.journal").write_text("\n".join(lines), encoding="utf-8")
    return [str(programs / "hledger"), "check", "-f", str(work / "claims.journal")]


def beancount(files: Claims, work: Path, programs: Path) -> list[str]:
    """The same as a beancount file, its accounts opened."""
    accounts, lines = set(), []
    for file, _ in files:
        for claim in file["claims"]:
            place, claimant = f"Assets:{account(claim['place'])}:{account(claim['property'])}", f"Income:{account(claim['claimant'])}"
            accounts |= {place, claimant}
            quote = claim["quote"].replace('"', "'")
            lines.append(
                f'{day(claim)} * "{claim["claimant"]}" "{quote}"\n  id: "{claim["id"]}"\n  {place}  1 CLAIM\n  {claimant}  -1 CLAIM\n'
            )
    opened = "".join(f"2000-01-01 open {name} CLAIM\n" for name in sorted(accounts))
    (work / "claims.beancount").write_text(opened + "\n" + "\n".join(lines), encoding="utf-8")
    return [str(programs / "bean-check"), "--no-cache", str(work / "claims.beancount")]


def yamllint(files: Claims, work: Path, programs: Path) -> list[str]:
    """The claims files as they are; every rule but those about the length of lines and the first line."""
    rules = "{extends: default, rules: {line-length: disable, document-start: disable}}"
    return [str(programs / "yamllint"), "-d", rules, str(_folder_of(files))]


def check_jsonschema(files: Claims, work: Path, programs: Path) -> list[str]:
    """The claims files as they are, against a schema of their fields."""
    text = {"type": ["string", "number", "boolean"]}
    names = ("id", "place", "property", "subject", "value", "extent", "stance", "hedge", "claimant", "said", "holds", "quote")
    fields: dict[str, Any] = dict.fromkeys((*names, "translation", "note"), text)
    fields |= {name: {"type": "array", "items": {"type": "string"}} for name in ("via", "disputes")}
    claim = {"type": "object", "properties": fields, "additionalProperties": False, "required": ["id", "place", "property", "quote"]}
    schema = {"type": "object", "required": ["seed", "claims"], "properties": {"claims": {"type": "array", "items": claim}}}
    (work / "schema.json").write_text(json.dumps(schema), encoding="utf-8")
    paths = sorted(str(path) for path in _folder_of(files).iterdir())
    return [str(programs / "check-jsonschema"), "--schemafile", str(work / "schema.json"), *paths]


def _folder_of(files: Claims) -> Path:
    return files[0][1].parent.parent / "claims"


def doorstop(files: Claims, work: Path, programs: Path) -> list[str]:
    """An item a claim, in a document of a repository of its own."""
    root = work / "doorstop"
    root.mkdir()
    subprocess.run(["git", "init", "--quiet", str(root)], check=True)
    subprocess.run([str(programs / "doorstop"), "create", "C", "claims"], cwd=root, check=True, capture_output=True)
    for number, claim in enumerate((claim for file, _ in files for claim in file["claims"]), 1):
        item = {"active": True, "level": f"1.{number}", "normative": True, "text": claim["quote"], "header": claim["id"], "links": []}
        (root / "claims" / f"C{number:06}.yml").write_text(yaml.safe_dump(item, allow_unicode=True), encoding="utf-8")
    subprocess.run([str(programs / "doorstop")], cwd=root, capture_output=True, check=False)  # it rewrites the items at first
    return [str(programs / "doorstop"), "--project", str(root)]


def citations(files: Claims, work: Path, programs: Path) -> list[str]:
    """A claims file a seed, each quote as an exact quotation."""
    root = work / "citations"
    (root / "claims").mkdir(parents=True)
    (root / "sources").mkdir()
    for file, seed in files:
        shutil.copy(seed, root / "sources" / seed.name)
        quotes = {
            claim["id"]: {"quotes": [{"exact": claim["quote"]}], "statement": claim.get("translation", "")} for claim in file["claims"]
        }
        source = {"citation": seed.stem, "local": f"sources/{seed.name}", "sha256": file["sha256"], "url": file["url"]}
        text = yaml.dump({"source": source, "claims": quotes}, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
        (root / "claims" / f"{seed.stem}.yaml").write_text(text, encoding="utf-8")
    return [str(programs / "citations"), "verify", "--claims", str(root / "claims")]


ENTRY = """\
---
id: {id}
kind: claim
stated: {day}T09:00:00+00:00
author: main
grade: asserted
supersedes: none
verbatim_sha: 0
---

## Assertion

{assertion}

## Scope

metric: {property}
cohort: {place}
condition: as said by {claimant}

## Grounds

- source: {source} · whole text

## Warrant

Restates what the source reports.

## Backing

- source: {source} · whole text
  speaker: {claimant}
  quote: "{quote}"

<!-- APPEND BELOW THIS LINE ONLY -->

## Verdicts

## References
"""


def claims_ledger(files: Claims, work: Path, programs: Path) -> list[str]:
    """An entry a claim, each seed a registered source."""
    root = work / "claims-ledger"
    root.mkdir()
    program = str(programs / "claims-ledger")

    def run(*arguments: str) -> None:
        subprocess.run([program, *arguments], cwd=root, check=True, capture_output=True)

    subprocess.run(["git", "init", "--quiet", str(root)], check=True)
    run("init")
    names: list[str] = []
    for number, (file, seed) in enumerate(files):
        source = f"s{number}"
        shutil.copy(seed, root / seed.name)
        run("source", "add", seed.name, "--id", source, "--type", "paper", "--citation", f"Report {number}", "--authors", "Reporter")
        for claim in file["claims"]:
            name = f"A{len(names) + 1:04}-{hashlib.sha256(claim['id'].encode()).hexdigest()[:8]}"
            entry = {"id": name, "day": day(claim), "source": source, "assertion": claim.get("translation", "As the source has it.") + "."}
            text = ENTRY.format(**{key: claim[key] for key in ("property", "place", "claimant", "quote")}, **entry)
            (root / "ledger" / "entries" / f"{name}.md").write_text(text, encoding="utf-8")
            names.append(f"ledger/entries/{name}.md")
    run("sha", "--write", *names)
    return [program, "--root", str(root), "check"]


PEERS = (
    Peer("hledger check", "", 100_000, hledger, "balances transactions; looks at no quote and no contradiction"),
    Peer("bean-check", "beancount", 100_000, beancount, "the same, with accounts opened before they are used"),
    Peer("check-jsonschema", "check-jsonschema", 10_000, check_jsonschema, "fields and types only, no positions in its messages"),
    Peer("yamllint", "yamllint", 10_000, yamllint, "the form of the YAML only"),
    Peer("doorstop", "doorstop", 1_000, doorstop, "ids, levels and links of items; a file an item"),
    Peer("citations verify", "citations", 10_000, citations, "finds each quote in its source; no fields, values or dates"),
    Peer("claims-ledger check", "claims-ledger", 1_000, claims_ledger, "form, quotes and references of entries; a file an entry"),
)


def install(peer: Peer, environments: Path) -> tuple[Path, str] | str:
    """The folder of a peer's programs and its version; a text says why it can't be had."""
    if not peer.package:
        found = shutil.which(peer.name.split()[0])
        if found is None:
            return f"{peer.name.split()[0]} is not on the PATH"
        version = subprocess.run([found, "--version"], capture_output=True, text=True, check=False).stdout.split(",")[0].strip()
        return Path(found).parent, version
    folder = environments / peer.package
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    pip = [str(python), "-m", "pip", "--disable-pip-version-check"]
    done = subprocess.run([*pip, "install", "--quiet", peer.package], capture_output=True, text=True, check=False)
    if done.returncode:
        return f"{peer.package} could not be installed"
    shown = subprocess.run([*pip, "show", peer.package], capture_output=True, text=True, check=False).stdout
    version = next((line.split()[1] for line in shown.splitlines() if line.startswith("Version:")), "?")
    return folder / "bin", f"{peer.package} {version}"


def prepare(ledger: Path, work: Path, size: int) -> dict[str, dict[str, Any]]:
    """The commands by the name of the peer, and what is to be said of each."""
    commands: dict[str, list[str]] = {}
    notes: dict[str, str] = {}
    files = read_claims(ledger)
    for peer in PEERS:
        if size > peer.most:
            continue
        found = install(peer, work / "environments")
        if isinstance(found, str):
            notes[peer.name] = f"skipped: {found}"
            continue
        programs, version = found
        folder = work / "peers" / f"{size}-{peer.name.replace(' ', '-')}"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        try:
            commands[peer.name] = peer.prepare(files, folder, programs)
            notes[peer.name] = f"({version}): {peer.remark}"
        except (OSError, subprocess.CalledProcessError) as problem:
            notes[peer.name] = f"skipped: its content could not be prepared ({type(problem).__name__})"
    return {"commands": commands, "notes": notes}


if __name__ == "__main__":
    print(json.dumps(prepare(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))))
