"""`ledger-vtt 1`: the words of subtitles (WebVTT, SRT) in the order in which they are shown. Frozen: a better rule is number 2.

A cue is one line or several; a paragraph ends where nothing is shown for three seconds or more, or another voice speaks, which is named before
its words (`<v Reporter>`). Where words are timed one by one, as automatic captions are, a line that the cue before showed already is not
told twice. Times, settings, styles and notes are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ledger.writing.capture.charsets import Decoded, decode
from ledger.writing.capture.references import read_references

PAUSE = 3000  # thousandths of a second
_TIME = r"(?:([0-9]{1,4}):)?([0-9]{1,2}):([0-9]{1,2})[.,]([0-9]{1,3})"
_TIMES = re.compile(rf"[ \t]*{_TIME}[ \t]*-->[ \t]*{_TIME}(?:[ \t].*)?")
_STAMP = re.compile(r"<(?:[0-9]{1,4}:)?[0-9]{1,2}:[0-9]{1,2}\.[0-9]{1,3}>")
_VOICE = re.compile(r"<v(?:\.[^ \t>]*)?[ \t]+([^>]*)>")
_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>|\{\\[^{}]*\}")
_RUN = re.compile("[\t ]+")
_CONTROLS = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127))


class Cue(NamedTuple):
    """What is shown from one time to another, in thousandths of a second."""

    start: int
    end: int
    lines: tuple[str, ...]


def subtitle_text(data: bytes, beside: str = "") -> tuple[str, Decoded]:
    """The words, and how the bytes were read; `beside` is the charset that was declared beside them."""
    decoded = decode(data, beside, pages=False)
    lines = decoded.text.replace("\r\n", "\n").replace("\r", "\n").translate(_CONTROLS).split("\n")
    told_twice = any("<" in line and _STAMP.search(line) for line in lines)
    paragraphs: list[list[str]] = []
    ended, voice, shown = -PAUSE, "", frozenset[str]()
    for cue in cues(lines):
        if cue.start - ended >= PAUSE:
            paragraphs.append([])
        for line in cue.lines:
            speaker, words = _spoken(line)
            if speaker and speaker != voice:
                voice = speaker
                if paragraphs[-1]:
                    paragraphs.append([])
                words = f"{speaker}: {words}"
            if words and not (told_twice and words in shown):
                paragraphs[-1].append(words)
        shown = frozenset(_spoken(line)[1] for line in cue.lines)
        ended = max(ended, cue.end)
    return "".join("\n" * bool(number) + "\n".join(part) + "\n" for number, part in enumerate(filter(None, paragraphs))), decoded


def cues(lines: list[str]) -> Iterator[Cue]:
    """The cues, as they stand in the file."""
    number = 0
    while number < len(lines):
        times = _TIMES.fullmatch(lines[number]) if "-->" in lines[number] else None
        number += 1
        if times is None:
            continue  # a number, a heading, a note
        first = number
        while number < len(lines) and lines[number].strip(" \t") and "-->" not in lines[number]:
            number += 1
        if number < len(lines) and "-->" in lines[number] and number > first and lines[number - 1].strip(" \t").isdecimal():
            yield Cue(_at(times.groups()[:4]), _at(times.groups()[4:]), tuple(lines[first : number - 1]))  # no empty line between two
        else:
            yield Cue(_at(times.groups()[:4]), _at(times.groups()[4:]), tuple(lines[first:number]))


def _at(time: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, thousandths = (int(part) if part else 0 for part in time)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths


def _spoken(line: str) -> tuple[str, str]:
    """Who speaks a line, as far as it says so, and its words."""
    voice = _VOICE.search(line)
    words = _MARKUP.sub("", _STAMP.sub("", line))
    return _words(voice[1]) if voice is not None else "", _words(words)


def _words(text: str) -> str:
    return _RUN.sub(" ", read_references(text).replace("\n", " ")).strip(" \xa0")
