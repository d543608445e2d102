"""Seeds and the heads of claims files (S)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from hashlib import sha256
from itertools import islice

from ledger.model import ClaimsFile, Finding, Related
from ledger.reading.checkouts import CHECK_OUT
from ledger.rules.registry import ERROR, WARNING, check
from ledger.rules.views import FileView, LedgerView, VocabularyView
from ledger.texts.display import hidden, one_line, shorten
from ledger.texts.languages import LANGUAGE_TAG
from ledger.texts.mojibake import mis_decoded
from ledger.texts.suggestions import did_you_mean

FEW_LINES = 4  # that are paragraphs, where each ends with a mark as lines that are only wrapped do not
MANY_LINES = 10  # lines that hold words: so many are seldom one paragraph
_EXPANDED = re.compile(rb"\$Id: [^$\n]*\$")  # what `ident` in .gitattributes makes of `$Id$`


def _seed_problem(view: FileView, name: str, help: str) -> Iterator[Finding]:
    problem = view.file.seed_problem
    if problem is not None and problem[0] == name:
        yield Finding(*view.file.at["seed"], problem[1], help, None, len(view.file.seed_name))


@check("S701", ERROR, "file")
def seed_missing(view: FileView) -> Iterator[Finding]:
    """The seed that a claims file names is not in seeds/, or a sparse checkout leaves it out. Without it no quote can be held against its
    source.

    Remedy: store the text there, byte for byte, or mend the name; `git sparse-checkout add` what is left out.
    Bad:
        seed: txet.txt
        claims: []
    Good:
        seed: text.txt
        claims: []
    """
    problem = view.file.seed_problem
    if view.file.seed_name in view.ledger.seeds or (problem is not None and problem[1].startswith("a sparse checkout")):  # git has it
        return _seed_problem(view, "seed_missing", CHECK_OUT)
    hint = did_you_mean(view.file.seed_name, view.ledger.seeds) if view.file.seed_problem else ""
    return _seed_problem(view, "seed_missing", hint or "store the text in seeds/, or mend the name")


@check("S702", ERROR, "file", excludes=False)
def seed_changed(view: FileView) -> Iterator[Finding]:
    """The seed's bytes are not those that were recorded. A seed is never edited: it is what the source said.

    Remedy: bring the stored bytes back. Where only line endings differ, a checkout has rewritten them: `seeds/** -text` in
    .gitattributes prevents it.
    Bad:
        seed: text.txt       # edited after it was recorded
        sha256: 9febe3f6e40886946aeac03c7689b2a30f7dce7a74910a1f806124f059b37728
    Good:
        seed: text.txt       # the recorded bytes, brought back
        sha256: 088fe6797b54af24c7c3849218e81f02c69c1265be3815d6471a2ba5bfdf8049
    """
    file = view.file
    if file.seed is None or not is_sha256(file.sha256) or file.seed.sha256 == file.sha256.lower():
        return
    recorded = file.sha256.lower()
    if recorded in (file.seed.sha256_with_line_ends(b"\n"), file.seed.sha256_with_line_ends(b"\r\n")):
        message = f"seeds/{one_line(file.seed_name)} has changed since it was recorded, in its line endings only"
        remedy = "put `seeds/** -text` into .gitattributes beside ledger.yaml and check the file out again"
    elif recorded == sha256(_EXPANDED.sub(b"$Id$", file.seed.data)).hexdigest():
        message = f"seeds/{one_line(file.seed_name)} has changed since it was recorded: git has filled in its `$Id$`"
        remedy = "put `seeds/** -ident` into .gitattributes beside ledger.yaml and check the file out again"
    else:
        message = f"seeds/{one_line(file.seed_name)} has changed since it was recorded: its sha256 is {file.seed.sha256}"
        remedy = "bring the recorded bytes back (git log -- the seed); a new text is a new seed"
    yield Finding(*file.at["sha256"], message, remedy, None, len(file.sha256))


@check("S703", ERROR, "ledger")
def seed_named_twice(view: LedgerView) -> Iterator[Finding]:
    """Two claims files name one seed. One seed has one claims file, so that a reviewer has one text beside one file.

    Remedy: move the claims into one of the two.
    Bad:
        claims/monday.yaml:   seed: text.txt
        claims/tuesday.yaml:  seed: text.txt
    Good:
        claims/monday.yaml:   seed: text.txt
        claims/tuesday.yaml:  seed: another-text.txt
    """
    holders = defaultdict(list)
    for file in view.ledger.files:
        if file.seed_name:
            holders[file.seed_name].append(file)
    for name, files in holders.items():
        for file in files if len(files) > 1 else ():
            others = tuple(
                Related(other.path, *other.at.get("seed", (1, 1)), "also here") for other in islice(files, 6) if other is not file
            )[:5]
            yield Finding(
                *file.at.get("seed", (1, 1)),
                f"the seed {one_line(name)} is named by {others[0].path} too",
                "move all its claims into one file",
                None,
                len(name),
                others,
                file.path,
            )


@check("S704", ERROR, "file")
def seed_outside(view: FileView) -> Iterator[Finding]:
    """A seed is named by the plain name of a file in seeds/: no path, no link, no device. Nothing outside is ever read.

    Remedy: put the file itself into seeds/ and name it.
    Bad:
        seed: ../archive/text.txt
        claims: []
    Good:
        seed: text.txt
        claims: []
    """
    return _seed_problem(view, "seed_outside", "put the file into seeds/ and write its name alone")


@check("S705", ERROR, "file")
def seed_unreadable(view: FileView) -> Iterator[Finding]:
    """A seed that is no UTF-8 text, larger than 4 MiB, or flooded with combining marks can't be searched for a quote.

    Remedy: store the text as UTF-8; what it was before that belongs into `note`.
    Bad:
        seeds/text.txt:  Le caf<E9> de Clairval est ouvert.     (Latin-1: é is the byte E9)
    Good:
        seeds/text.txt:  Le caf<C3 A9> de Clairval est ouvert.  (UTF-8: é is the bytes C3 A9)
    """
    return _seed_problem(view, "seed_unreadable", "store the text as UTF-8")


@check("S706", WARNING, "ledger")
def seed_without_claims(view: LedgerView) -> Iterator[Finding]:
    """A file lies in seeds/ that no claims file names: nobody can tell whether it was read.

    Remedy: write a claims file for it (what states nothing goes under `passed-over`), or delete it.
    Bad:
        seeds/text.txt       claims/text.yaml names it
        seeds/other.txt      no claims file names it
    Good:
        seeds/text.txt       claims/text.yaml names it
        seeds/other.txt      claims/other.yaml names it
    """
    if view.ledger.refusals or any(file.seed_problem is not None for file in view.ledger.files):
        return  # a file that was refused, or that names no seed there is, may mean it
    named = {file.seed_name for file in view.ledger.files}
    for name in view.ledger.seeds:
        if name not in named:
            yield Finding(
                1, 1, f"no claims file names the seed {one_line(name)}", "write a claims file for it, or delete it", path=f"seeds/{name}"
            )


@check("S711", WARNING, "file")
def paragraphs_untold(view: FileView) -> Iterator[Finding]:
    """A seed of many lines, or of a few that all end where a sentence does, has not one empty line, so all of it counts as one paragraph: what is
    looked for in the paragraph of a quote (the name of its place, the words around it) is looked for in the whole text, and tells little.

    Remedy: `paragraphs: lines` in the head, where each line of the seed is a paragraph; `paragraphs: empty-lines` where the text is one
    paragraph indeed, broken into lines.
    Bad:
        # a seed of eleven lines, each a paragraph, and no empty line
        seed: text.txt
    Good:
        # the same seed
        seed: text.txt
        paragraphs: lines
    """
    seed = view.file.seed
    if seed is None or "paragraphs" in view.file.at or len(seed.paragraphs) > 1:
        return
    lines = seed.lines_of_text
    if lines >= MANY_LINES or (lines >= FEW_LINES and seed.lines_are_whole):
        yield Finding(
            *view.file.at.get("seed", (1, 1)),
            f"seeds/{one_line(seed.name)} has {lines} lines and no empty line: where its paragraphs end can't be told",
            "write `paragraphs: lines` in the head where each line is a paragraph, `paragraphs: empty-lines` where it is all one",
            length=len(seed.name),
        )


@check("S707", ERROR, "file")
def bad_sha256(view: FileView) -> Iterator[Finding]:
    """`sha256` is no SHA-256 (64 hexadecimal digits), so that nobody can tell whether the seed is still the text that was read.

    Remedy: what `sha256sum seeds/NAME` prints.
    Bad:
        seed: text.txt
        sha256: 088fe679
    Good:
        seed: text.txt
        sha256: 088fe6797b54af24c7c3849218e81f02c69c1265be3815d6471a2ba5bfdf8049
    """
    file = view.file
    if file.sha256 and not is_sha256(file.sha256):
        hint = f"write sha256: {file.seed.sha256}" if file.seed is not None else "write what `sha256sum` prints for the seed"
        yield Finding(*file.at["sha256"], f"`{one_line(file.sha256[:70])}` is no SHA-256", hint, None, min(64, len(file.sha256)))


def is_sha256(text: str) -> bool:
    """Whether a text is a SHA-256 in hex."""
    return re.fullmatch("[0-9a-fA-F]{64}", text) is not None


@check("S708", ERROR, "file", "vocabulary")
def bad_language(view: FileView | VocabularyView) -> Iterator[Finding]:
    """`language` is no BCP 47 tag, so that no negations and hedges of the language can be looked for, and nobody knows whether a
    translation is due.

    Remedy: such a tag: nb, ro, en, uk, sr-Latn, pt-BR.
    Bad:
        seed: text.txt
        language: en_GB
    Good:
        seed: text.txt
        language: en-GB
    """
    if isinstance(view, FileView):
        language, place = view.file.language, view.file.at.get("language", (1, 1))
    else:
        language, place = view.vocabulary.language, view.vocabulary.language_at
    if language and LANGUAGE_TAG.fullmatch(language) is None:
        yield Finding(
            *place, f"`{one_line(language)}` is no language tag", "write a BCP 47 tag such as nb, ro, en, uk", None, len(language)
        )


@check("S709", WARNING, "ledger")
def seed_stored_twice(view: LedgerView) -> Iterator[Finding]:
    """Two seeds hold the same text, word for word, white space aside. They are one report and not two, whoever printed it again, and
    the counts of reports and origins take them for one.

    Remedy: keep one of the two with all its claims, and name whoever passed it on in `via`.
    Bad:
        seeds/agency.txt     The bridge at Millbrook is open.
        seeds/paper.txt      The bridge at Millbrook is open.
    Good:
        seeds/agency.txt     The bridge at Millbrook is open.
        seeds/paper.txt      The Gazette was there: the bridge at Millbrook is open.
    """
    first: dict[str, ClaimsFile] = {}
    for file, outline in zip(view.ledger.files, view.outlines, strict=True):
        if file.seed is None:
            continue
        known = first.setdefault(outline.text, file)
        if known.seed_name != file.seed_name:
            line, column = file.at.get("seed", (1, 1))
            yield Finding(
                line,
                column,
                f"seeds/{one_line(file.seed_name)} holds the same text as seeds/{one_line(known.seed_name)}: the two are one report",
                f"move its claims to {one_line(known.path)} and delete it; who passed the text on is named in `via`",
                None,
                len(file.seed_name),
                (Related(known.path, *known.at.get("seed", (1, 1)), "the other seed"),),
                file.path,
            )


# A host behind the scheme, and no character that an address can't have: white space, controls, quotation marks, angle brackets.
_WEB_ADDRESS = r"(?i:https?)://[^\s/?#:@\"<>\\][^\s\"<>\\]*"


@check("S710", ERROR, "file", excludes=False)
def bad_url(view: FileView) -> Iterator[Finding]:
    """`url` is where the text can be read on the web: it begins with http:// or https:// and has a host. Anything else
    (`javascript:`, `data:`, `file:`, an address without a scheme, white space in it) would run, open or name something else once a
    report makes a link of it.

    Remedy: the page's own address; where there is none, no `url`. Where a file came from belongs into `note`.
    Bad:
        seed: text.txt
        url: file:///home/me/text.html
    Good:
        seed: text.txt
        url: https://gazette.example/2025/bridge
    """
    address = view.file.head.get("url")
    if address is not None and not is_address(address):
        line, column = view.file.at["url"]
        message = f"`{shorten(address, 80)}` is no address on the web"
        yield Finding(line, column, message, _address_remedy(address), None, max(1, min(len(address), 200)))


def is_address(text: str) -> bool:
    """Whether a text is an address on the web."""
    return re.fullmatch(_WEB_ADDRESS, text) is not None and hidden().search(text) is None


def _address_remedy(address: str) -> str:
    """What to write instead of an address that is none."""
    odd = re.search(r"[\s\"<>\\]", address) or hidden().search(address)
    if odd is not None and re.match(r"\s*(?i:https?)://", address):
        return f"it holds the character U+{ord(odd[0]):04X}: copy the address again, or write that character percent-encoded"
    return "write the page's own address, which begins with http:// or https://, or delete `url`"


@check("S712", ERROR, "file")
def seed_not_fetched(view: FileView) -> Iterator[Finding]:
    """In the seed's place stands a pointer of Git LFS: three lines that say which text belongs there, and not the text. No quote can be
    held against it.

    Remedy: `git lfs pull`, which puts the text in its place (in CI: `lfs: true` for the checkout).
    Bad:
        # the seed: version https://git-lfs.github.com/spec/v1
        # oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393
        # size 12345
        - id: bridge-open
    Good:
        # the seed: The bridge at Millbrook is open.
        - id: bridge-open
          quote: The bridge at Millbrook is open
    """
    return _seed_problem(view, "seed_not_fetched", "run `git lfs pull`, which puts the text in its place")


@check("S715", WARNING, "file")
def seed_mis_decoded(view: FileView) -> Iterator[Finding]:
    """The seed holds letters that were decoded as those of another encoding (`wasnâ€™t`, `Ð½Ðµ`), or signs for what could not be decoded at
    all (U+FFFD). Words beside a quote (negations, hedges, frames) can't be found there, and nobody can read them.

    Remedy: store the text anew, in its true encoding, as a seed of its own; where the source itself has it so, a `note` in the head says so,
    and what stands beside its quotes has to be read by a person.
    Bad:
        # the seed: The bridge at Millbrook wasnâ€™t open.
        - id: bridge-open
          quote: The bridge at Millbrook
    Good:
        # the seed: The bridge at Millbrook wasn’t open.
        - id: bridge-open
          quote: The bridge at Millbrook
    """
    seed = view.file.seed
    found = mis_decoded(seed.nfc) if seed is not None and "note" not in view.file.head else None
    if seed is not None and found is not None:
        place, wrong, right = found
        line = seed.nfc.count("\n", 0, place) + 1
        meant = f", decoded wrongly for `{one_line(right)}`" if right else ", where something could not be decoded"
        yield Finding(
            *view.file.at.get("seed", (1, 1)),
            f"seeds/{one_line(seed.name)} has `{one_line(wrong)}` in line {line}{meant}: words beside quotes can't be looked for there",
            "store the text anew in its true encoding; where the source has it so, say so in a `note` in the head",
            length=len(seed.name),
        )
