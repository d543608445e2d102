"""A new seed: the original kept, its text beside it, and a claims file whose head says where both come from. Nothing is invented: what is
neither read nor said by a person is not written, and without a day and a language nothing is.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import NamedTuple

from ledger.model import Trouble
from ledger.reading.contents import CLAIMS_FOLDER, ORIGINALS_FOLDER, SEEDS_FOLDER
from ledger.texts.dates import DateProblem, parse_day
from ledger.texts.display import count_of, one_line, plain_name, shorten
from ledger.texts.folding import MOST_MARKS, slug
from ledger.texts.languages import LANGUAGE_TAG, words_for
from ledger.texts.seeds import MAX_SEED_BYTES, MarkFlood, Seed
from ledger.writing.capture.cuts import times
from ledger.writing.capture.echoes import echoes_of
from ledger.writing.capture.pages import GUESSED, READ, Said
from ledger.writing.capture.sources import ENDINGS, Source
from ledger.writing.capture.texts import Text, part_of, text_of
from ledger.writing.edits import Edit
from ledger.writing.scalars import scalar

HEAD = ("language", "published", "dated-by", "publisher", "title", "url", "retrieved", "licence", "note", "paragraphs")
ASKED = ("language", "published")
_STEM = 40


class Added(NamedTuple):
    """What was put into an edit: the paths of the three files (of a text that is its own original, two), what the head says and how each
    is known, and what a person should look at."""

    seed: str
    claims: str
    original: str
    head: tuple[tuple[str, Said], ...]
    warnings: tuple[str, ...]


def add_seed(edit: Edit, source: Source, asked: Mapping[str, str], first: str | None, last: str | None, name: str = "") -> Added:
    """Put a new seed into an edit. `asked` is what a person said, by the fields of a head (and `captured`, `with`); `first` and `last` are
    the words by which the text is cut. Raises Trouble where something is missing, or can't be."""
    made = text_of(source)
    text = part_of(made.text, first, last)
    said = _known(source, made, asked)
    _refuse_missing(said)
    digest = hashlib.sha256(source.data).hexdigest()
    data = text.encode("utf-8")
    _refuse_known(edit, data, digest)
    is_own_original = data == source.data
    stem = _free_stem(edit, name, said, source, digest)
    original = "" if is_own_original else f"{stem}{_ending(source)}"
    head = _head_text(f"{stem}.txt", data, said, _original(original, digest, source, made, said), made.by, (first, last))
    if original:
        edit.create(f"{ORIGINALS_FOLDER}/{original}", source.data)
    edit.create(f"{SEEDS_FOLDER}/{stem}.txt", data)
    edit.create(f"{CLAIMS_FOLDER}/{stem}.yaml", head.encode("utf-8"))
    told = tuple((key, said[key]) for key in HEAD if key in said)
    warnings = [made.told] if made.told else []
    warnings += [
        f"`{shorten(words, 60)}` stands {times(made.text, words)} times in the text: it was cut at the first"
        for words in (first, last)
        if words is not None and times(made.text, words) > 1
    ]
    warnings += _echoes(edit, f"{stem}.txt", data, said["language"].text)
    return Added(
        f"{SEEDS_FOLDER}/{stem}.txt",
        f"{CLAIMS_FOLDER}/{stem}.yaml",
        f"{ORIGINALS_FOLDER}/{original}" if original else "",
        told,
        tuple(warnings),
    )


def _known(source: Source, made: Text, asked: Mapping[str, str]) -> dict[str, Said]:
    """What is known of the text, and how: what a person said goes before what the original says."""
    said = _told_by(source, made)
    for key, text in asked.items():
        said[key] = Said(text, READ, "")
    published = said.get("published")
    if "dated-by" not in asked and "published" not in asked and published is not None and published.how == READ:
        said["dated-by"] = Said(published.where, READ, published.where)
    for key, known in (("url", made.inner.url), ("captured", made.inner.captured)):
        if known and key not in said:
            said[key] = Said(known, READ, "where it was captured" if key == "url" else "when it was captured")
    if source.url and "retrieved" not in said and "captured" in said:
        said["retrieved"] = said["captured"]
    _refuse_wrong(said)
    return said


def _told_by(source: Source, made: Text) -> dict[str, Said]:
    """What the original says of itself."""
    inner = made.inner
    if inner.kind in ("text/html", "application/xhtml+xml") and not made.by.startswith("ledger-telegram"):
        from ledger.writing.capture.pages import said_by_page

        return said_by_page(inner.data, inner.charset, inner.url)
    if inner.kind == "application/pdf":
        from ledger.writing.capture.pdfs import read_pdf

        found = read_pdf(inner.data)
        told = {
            "title": Said(one_line(found.title), READ, "the PDF's own title"),
            "language": Said(found.language, READ, "the PDF's own language"),
        }
        return {key: said for key, said in told.items() if said.text and (key != "language" or LANGUAGE_TAG.fullmatch(said.text))}
    return {}


def _refuse_wrong(said: Mapping[str, Said]) -> None:
    """Raise Trouble for a day or a language that is none."""
    for key in ("published", "captured", "retrieved"):
        if key in said:
            try:
                parse_day(said[key].text)
            except DateProblem as problem:
                raise Trouble(f"`--{key} {shorten(said[key].text, 60)}` is no date: {problem}") from None
    if "language" in said and LANGUAGE_TAG.fullmatch(said["language"].text) is None:
        raise Trouble(f"`--language {shorten(said['language'].text, 60)}` is no language tag: write one such as nb, ro, en, uk")


def _refuse_missing(said: Mapping[str, Said]) -> None:
    """Raise Trouble, which says what to add, where the day or the language is not known for certain."""
    missing = [key for key in ASKED if key not in said or said[key].how == GUESSED]
    if not missing:
        return
    forms = {"language": "--language TAG (nb, ro, uk, en)", "published": "--published YYYY-MM-DD"}
    words = []
    for key in missing:
        guess = said.get(key)
        words.append(f"--{key} {guess.text} if that is right (guessed from {guess.where})" if guess is not None else forms[key])
    what = {"language": "in which language it is written", "published": "when it was published"}
    raise Trouble(f"it does not say {' nor '.join(what[key] for key in missing)}: add {' and '.join(words)}; nothing was stored")


def _refuse_known(edit: Edit, data: bytes, digest: str) -> None:
    """Raise Trouble for a text that the ledger has already, and for one that can be no seed."""
    if len(data) > MAX_SEED_BYTES:
        raise Trouble(f"the text is larger than {MAX_SEED_BYTES // 1024 // 1024} MiB: cut it with --from and --to")
    try:
        seed = Seed("new", data)
    except MarkFlood as flood:
        raise Trouble(
            f"the text has more than {MOST_MARKS} combining marks behind each other in line {flood.line}: nothing was stored"
        ) from None
    for file in edit.ledger.files:
        if file.seed is not None and file.seed.words_digest == seed.words_digest:
            raise Trouble(f"seeds/{one_line(file.seed_name)} holds this very text ({one_line(file.path)}): nothing was stored")


def _free_stem(edit: Edit, name: str, said: Mapping[str, Said], source: Source, digest: str) -> str:
    """The name that the files bear, without its ending: one that a person gave, else the day and the title, with a number where taken."""
    if name:
        stem = name.removesuffix(".txt").removesuffix(".yaml")
        if not plain_name(stem) or not plain_name(stem + ".yaml") or len(stem.encode()) > 150:
            raise Trouble(f"`--name {shorten(name, 80)}` can be no name of a file: nothing was stored")
        return stem
    day = re.match("[0-9]{4}(-[0-9]{2}){0,2}", said["published"].text)
    title = said["title"].text if "title" in said else source.name.rpartition("/")[2].rpartition("\\")[2].partition(".")[0]
    words = _beginning(slug(title)) or slug(said["publisher"].text if "publisher" in said else "") or digest[:8]
    stem = f"{day[0]}-{words}" if day is not None and not words.startswith(day[0]) else words
    return next(tried for tried in (stem, *(f"{stem}-{number}" for number in range(2, 10_000))) if _is_free(edit, tried))


def _beginning(words: str) -> str:
    """The beginning of a slug, no word of it cut in two where that can be."""
    return words if len(words) <= _STEM else words[: _STEM + 1].rpartition("-")[0] or words[:_STEM]


def _is_free(edit: Edit, stem: str) -> bool:
    paths = [f"{SEEDS_FOLDER}/{stem}.txt", f"{CLAIMS_FOLDER}/{stem}.yaml"]
    paths += [f"{ORIGINALS_FOLDER}/{stem}{ending}" for ending in set(ENDINGS.values())]
    return all(edit.data(path) is None for path in paths)


def _ending(source: Source) -> str:
    if source.kind == "application/warc" and source.data.startswith(b"\x1f\x8b"):
        return ".warc.gz"
    return ENDINGS.get(source.kind, "")


def _original(file: str, digest: str, source: Source, made: Text, said: Mapping[str, Said]) -> list[tuple[str, str]]:
    """The entry of `original`."""
    entry = [("file", file), ("sha256", digest), ("type", source.type)]
    entry += [(key, said[key].text) for key in ("captured", "with") if key in said]
    if source.url and not (source.url == said["url"].text if "url" in said else False):
        entry.append(("url", source.url))
    if made.inner is not source:
        entry.append(("record", made.inner.record))
    return [(key, text) for key, text in entry if text]


def _head_text(
    seed: str, data: bytes, said: Mapping[str, Said], original: list[tuple[str, str]], by: str, cuts: tuple[str | None, str | None]
) -> str:
    """The claims file: a head, and no claims yet."""
    lines = [("seed", seed), ("sha256", hashlib.sha256(data).hexdigest()), *((key, said[key].text) for key in HEAD if key in said)]
    made = [("by", by), *((key, words) for key, words in zip(("from", "to"), cuts, strict=True) if words)]
    return "".join(
        (
            *(f"{key}: {scalar(text)}\n" for key, text in lines),
            "original:\n",
            *(f"{'  ' if number else '- '}{key}: {scalar(text)}\n" for number, (key, text) in enumerate(original)),
            "text:\n",
            *(f"  {key}: {scalar(text)}\n" for key, text in made),
            "\nclaims: []\n",
        )
    )


def _echoes(edit: Edit, name: str, data: bytes, language: str) -> list[str]:
    """A word on each seed that holds the same report."""
    words = words_for(edit.ledger.vocabulary.words, language)
    others = [file.seed for file in edit.ledger.files if file.seed is not None]
    return [
        f"{count_of(echo.shared, 'sentence')} of {echo.sentences} also stand in seeds/{one_line(echo.seed)}: is it the same report, "
        "relayed? (who passed it on is named in `via`)"
        for echo in echoes_of(Seed(name, data), words, others)[:3]
    ]
