"""The frozen rules that make texts: what they make, of good and of hostile originals, and that it stays so."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from html.entities import html5

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from real_pages import known_digests, real_pages

from ledger.model import TEXT_RULES, Trouble
from ledger.writing.capture import makers
from ledger.writing.capture.charsets import Decoded, decode
from ledger.writing.capture.cuts import NoCut, cut
from ledger.writing.capture.html_text import html_text, words_of
from ledger.writing.capture.makers import HTML, PLAIN, TELEGRAM, VTT, text_by
from ledger.writing.capture.references import read_references

# -- frozen -------------------------------------------------------------------------------------------------------------


def texts_agree(most: int) -> None:
    """So many of the pages, the smallest, give the text that they gave when the rule was frozen."""
    known = known_digests()
    pages = real_pages()
    assert len(pages) == len(known) == 954
    smallest = sorted(pages, key=lambda page: page.stat().st_size)[:most]
    other = [page.name for page in smallest if sha256(html_text(page.read_bytes())[0].encode()).hexdigest() != known[page.name]]
    assert other == []


def test_real_pages_give_the_texts_they_always_gave() -> None:
    texts_agree(350)


@pytest.mark.long
def test_all_real_pages_give_the_texts_they_always_gave() -> None:
    texts_agree(954)


def test_the_names_of_characters_are_those_of_the_standard() -> None:
    """The rule reads the table that Python ships: were it to change, so would texts."""
    assert sha256(repr(sorted(html5.items())).encode("ascii", "backslashreplace")).hexdigest() == (
        "ac44599add5aff552f6019c6043c7b6429bc3ef1a772c128469a4adf9e258c7e"
    )


def test_heads_know_every_rule() -> None:
    assert sorted((HTML, PLAIN, TELEGRAM, VTT)) == sorted(TEXT_RULES)
    assert set(makers.RULE_OF.values()) < set(TEXT_RULES)


# -- pages --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "page, text",
    [
        ("<p>One.<p>Two.</p>", "One.\n\nTwo.\n"),
        ("<p>One <b>wo</b>rd\n  in   two lines</p>", "One word in two lines\n"),
        ("one<br>two<br><br>three", "one\ntwo\n\nthree\n"),
        ("<ul><li>one<li>two</ul>tail", "one\n\ntwo\n\ntail\n"),
        ("<table><tr><th>town<th>dead<tr><td>Millbrook</td> <td>12</td></tr></table>", "town\tdead\n\nMillbrook\t12\n"),
        ("<pre>a  b\n   c</pre>d  e", "a  b\n   c\n\nd e\n"),
        ("10<sup>6</sup> m<sup>2</sup> of H<sub>2</sub>O<sup>1<p>20", "10⁶ m² of H₂O¹\n\n20\n"),
        ("he said <q>no</q>", 'he said "no"\n'),
        ("a<script>if (1 < 2) '</p>'</script>b<style>p{}</style>c<noscript>d</noscript>e", "abce\n"),
        ("a<!-- b --> c <!-->d<!--->e<!-- f --!>g", "a c deg\n"),
        ("a<svg><text>b</text><svg></svg>c</svg>d<select><option>e</select>f<template>g</template>h", "adfh\n"),
        ("<template shadowrootmode=open>shown</template>", "shown\n"),
        ("a<select>b<p>c", "ab\n\nc\n"),  # what never ends hides nothing
        ("a<noscript>b", "ab\n"),
        ("a<script>b", "a\n"),
        ("1 < 2 & 3 > 2 <3 a<b>c", "1 < 2 & 3 > 2 <3 ac\n"),
        ("a</>b</ c>d<?php e ?>f<!DOCTYPE g>h<![CDATA[i]]>j", "abdfhj\n"),
        ("<a title='>' href=it's \"=>x</a><a =y>z", "xz\n"),
        ("a<b title='c", "a\n"),  # cut off
        ("a<b", "a\n"),
        ("&amp;&lt;&eacute;&#1050;&#x43A;&copy2&notit;&bogus;&#128;&#0;&#xD800;&#99999999999;&&#;", "&<éКк©2¬it;&bogus;€���&&#;\n"),
        ("a\x00b\x07c\u00a0\r\nd", "abc\u00a0 d\n"),
        ("<p>\u00a0</p><p>\u200b \u3000</p>", ""),
        ("", ""),
        ("<ſcript>shown</ſcript><İ>", "<ſcript>shown<İ>\n"),
    ],
)
def test_what_a_page_says(page: str, text: str) -> None:
    assert words_of(page) == text
    assert html_text(page.encode())[0] == text


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 10_000 + "x" + "</div>" * 10_000,
        "<select><svg><template>" * 2_000 + "x",
        "<a b='" * 100_000,
        "<a " * 100_000,
        "<" * 100_000 + " x",
        "&#" * 100_000,
        "<!--" * 100_000,
        "<noscript><title><textarea>" * 30_000 + "x",
        "<sup>" * 100_000 + "1",
        "<td>" * 100_000,
    ],
    ids=["nested", "unended", "quotes", "tags", "signs", "references", "comments", "raw", "raised", "cells"],
)
def test_a_hostile_page_is_read_to_its_end(page: str) -> None:
    text = words_of(page)
    assert len(text) <= len(page) + 1 and (not text or text.endswith("\n"))
    if page.endswith("x") or "x<" in page:
        assert "x" in text


PIECES = st.sampled_from(
    [
        "<",
        ">",
        "</",
        "<!",
        "<!--",
        "-->",
        "<p>",
        "</p>",
        "<br>",
        "<pre>",
        "<td>",
        "<sup>",
        "</sup>",
        "<svg>",
        "</svg>",
        "<select>",
        "</select>",
        "<template>",
        "<title>",
        "</title>",
        "<script>",
        "</script>",
        "<a",
        "href='",
        '"',
        "=",
        "&",
        "&amp;",
        "&#x",
        "&#55;",
        "&notin;",
        "<meta",
        "charset=koi8-r>",
        "1",
        "\x00",
        "\r\n",
        "\t",
        "00:01.000",
        "-->",
        "00:02.000",
        "WEBVTT",
        "<v",
        "A>",
        "{\\an8}",
        "{",
        '"messages"',
        "[",
        "]",
        ":",
        ",",
        "<div",
        "class='message",
        "default'>",
        "<div",
        "class=text>",
        "</div>",
        "ø",
        "水",
        "\u202e",
        "��",
    ]
)


@given(st.lists(PIECES | st.text(max_size=5), max_size=60).map("".join), st.sampled_from(("", "utf-8", "koi8-r", "utf-16", "no-such")))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_whatever_is_handed_in_gives_the_same_text_twice_or_a_word(text: str, beside: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    for rule in TEXT_RULES:
        try:
            made, decoded = text_by(rule, data, beside)
        except Trouble:
            continue
        assert text_by(rule, data, beside) == (made, decoded)
        assert "\r" not in made and (rule == PLAIN or not made or made.endswith("\n"))
        assert rule == PLAIN or not re.search("[\0-\x08\x0b\x0e-\x1f]", made)


# -- charsets -----------------------------------------------------------------------------------------------------------

RU = "Дамба прорвана, погибли 12 человек."


@pytest.mark.parametrize(
    "data, beside, charset, told",
    [
        (RU.encode(), "", "utf-8", ""),
        (b"\xef\xbb\xbf" + RU.encode(), "windows-1251", "utf-8", ""),
        (RU.encode("utf-16"), "", "utf-16-le", ""),
        (b"\xfe\xff" + RU.encode("utf-16-be"), "", "utf-16-be", ""),
        (RU.encode("utf-16-le"), "utf-16", "utf-16-le", ""),
        (RU.encode("cp1251"), "windows-1251", "cp1251", ""),
        (b"<meta charset='windows-1251'>" + RU.encode("cp1251"), "", "cp1251", ""),
        (b'<meta http-equiv=Content-Type content="text/html; charset=koi8-r">' + RU.encode("koi8-r"), "", "koi8-r", ""),
        (b'<?xml version="1.0" encoding="iso-8859-5"?>' + RU.encode("iso8859-5"), "", "iso8859-5", ""),
        (b"<meta charset=windows-1251>" + RU.encode(), "", "utf-8", "it declares the charset windows-1251, and is utf-8"),
        (RU.encode(), "koi8-r", "utf-8", "it declares the charset koi8-r, and is utf-8"),
        (b"<meta charset=utf-16>" + RU.encode(), "", "utf-8", ""),
        (b"<meta charset=utf-8>" + RU.encode() + b"\xff", "", "utf-8", "1 of its characters could not be read as utf-8"),
        (b"<meta charset=utf-8>f\xe5r", "", "cp1252", "it declares the charset utf-8, and is cp1252"),
        ("får".encode("latin-1"), "", "cp1252", "it declares no charset: read as cp1252 (name another with --charset)"),
        ("får".encode("latin-1"), "iso-8859-1", "cp1252", ""),
        ("får".encode("latin-1"), "no-such", "cp1252", "it declares the charset no-such, and is cp1252"),
        ("洪水".encode("gb2312"), "gb2312", "gb18030", ""),
        ("洪水".encode("shift_jis"), "Shift_JIS", "cp932", ""),
        (b"plain", "", "utf-8", ""),
    ],
)
def test_the_charset_of_bytes(data: bytes, beside: str, charset: str, told: str) -> None:
    found: Decoded = decode(data, beside)
    assert (found.charset, found.told()) == (charset, told)
    if "read" not in told and data.isascii() is False:
        assert found.text.endswith(data.decode(charset)[-3:].lstrip("\ufeff"))


# -- other originals ----------------------------------------------------------------------------------------------------

VTT_FILE = b"""WEBVTT - a title

NOTE
not shown

STYLE
::cue {color: red}

1
00:00:01.000 --> 00:00:03.000 align:start
<v Reporter>The dam has <b>broken</b> &amp; the town

00:00:03.000 --> 00:00:05.000
is under water.

00:10.000 --> 00:12.000
<v Mayor>No, it has not.
- Yes?
"""
SRT_FILE = (
    "1\r\n00:00:01,000 --> 00:00:03,000\r\n{\\an8}<font color=red>Дамба</font> прорвана\r\n2\r\n00:00:03,500 --> 00:00:05,000\r\nночью.\r\n"
)
AUTOMATIC = b"""WEBVTT

00:00:00.000 --> 00:00:02.000
\x20
hello<00:00:01.000><c> world</c>

00:00:02.000 --> 00:00:02.010
hello world
\x20

00:00:02.010 --> 00:00:04.000
hello world
next<00:00:03.000><c> line</c>
"""


@pytest.mark.parametrize(
    "data, charset, text",
    [
        (VTT_FILE, "", "Reporter: The dam has broken & the town\nis under water.\n\nMayor: No, it has not.\n- Yes?\n"),
        (SRT_FILE.encode("cp1251"), "windows-1251", "Дамба прорвана\nночью.\n"),
        (AUTOMATIC, "", "hello world\nnext line\n"),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\nNo!\n\n00:02.000 --> 00:03.000\nNo!\n", "", "No!\nNo!\n"),
        (b"no subtitles", "", ""),
    ],
)
def test_what_subtitles_say(data: bytes, charset: str, text: str) -> None:
    assert text_by(VTT, data, charset)[0] == text


MESSAGES = {
    "name": "Dam Watch",
    "messages": [
        {"id": 1, "type": "service", "action": "create_channel", "text": ""},
        {"id": 2, "type": "message", "date": "2025-11-03T12:30:15", "from": "Ada", "photo": "a.jpg",
         "text": ["The dam ", {"type": "bold", "text": "broke"}, "\n\n\n\nat night \ud800"]},
        {"id": 3, "type": "message", "date": "2025-11-03T12:31:15", "text": "", "forwarded_from": "Bo",
         "reply_to_message_id": 2, "edited": "2025-11-04T00:00:00"},
    ],
}  # fmt: skip
TOLD = """Ada, 2025-11-03T12:30:15, message 2, with a photo

The dam broke

at night \ufffd

Dam Watch, 2025-11-03T12:31:15, message 3, edited 2025-11-04T00:00:00, forwarded from Bo, answers message 2
"""
MESSAGES_PAGE = """<div class="history"><div class="message service" id="message-1"><div class="body details">3 November</div></div>
<div class="message default clearfix" id="message2"><div class="body">
<div class="pull_right date details" title="03.11.2025 12:30:15 UTC+02:00">12:30</div><div class="from_name">
Ada </div><div class="text">The dam <strong>broke</strong><br><br>at night</div></div></div>
<div class="message default clearfix joined" id="message3"><div class="body">
<div class="pull_right date details" title="03.11.2025 12:31:15 UTC+02:00">12:31</div><div class="reply_to details">In reply to
<a href="#">this message</a></div><div class="forwarded body"><div class="from_name">Bo</div><div class="text">So it is.</div></div>
</div></div></div>"""
TOLD_IN_PAGE = """Ada, 03.11.2025 12:30:15 UTC+02:00, message 2

The dam broke

at night

Ada, 03.11.2025 12:31:15 UTC+02:00, message 3, forwarded from Bo, in reply to this message

So it is.
"""


def test_what_an_export_of_messages_says() -> None:
    assert text_by(TELEGRAM, json.dumps(MESSAGES).encode())[0] == TOLD
    assert text_by(TELEGRAM, json.dumps({"chats": {"list": [MESSAGES]}}).encode())[0] == TOLD
    assert text_by(TELEGRAM, MESSAGES_PAGE.encode())[0] == TOLD_IN_PAGE


@pytest.mark.parametrize(
    "data, why",
    [
        (b"{", "it is no JSON"),
        (b'{"a":' * 100_000, "it is"),
        (b'{"messages": 7, "chats": [1]}', "it holds no messages"),
        (b'{"messages": [7, {"type": "message", "text": {"a": 1}, "id": ' + b"1" * 5000 + b"}]}", ""),
        (b"<p>A page.</p>", "it holds no messages"),
    ],
)
def test_what_is_no_export_of_messages(data: bytes, why: str) -> None:
    if not why:
        assert text_by(TELEGRAM, data)[0].startswith("message 1")
        return
    with pytest.raises(Trouble, match=why):
        text_by(TELEGRAM, data)


def test_a_plain_text_is_kept_as_it_is() -> None:
    assert text_by(PLAIN, "\ufeffone\r\ntwo\rthree <b>&amp;".encode())[0] == "one\ntwo\nthree <b>&amp;"
    assert text_by(PLAIN, RU.encode("koi8-r"), "koi8-r")[0] == RU
    assert read_references("no reference") == "no reference"


# -- cuts ---------------------------------------------------------------------------------------------------------------

STORY = "Menu\n\nThe dam\nbroke. Twelve died.\n\nThe dam held. Twelve died.\n\nImprint\n"


@pytest.mark.parametrize(
    "first, last, part",
    [
        ("The dam broke", "Twelve died.", "The dam\nbroke. Twelve died.\n"),
        ("The  dam", "held. Twelve died.", "The dam\nbroke. Twelve died.\n\nThe dam held. Twelve died.\n"),
        (None, "Menu", "Menu\n"),
        ("Imprint", None, "Imprint\n"),
        ("Twelve died.", "died.", "Twelve died.\n"),
        ("Menu", "Menu", "Menu\n"),
    ],
)
def test_a_part_of_a_text(first: str | None, last: str | None, part: str) -> None:
    assert cut(STORY, first, last) == part


@pytest.mark.parametrize(
    "first, last, why", [("the dam", None, "`the dam` does not stand"), ("Imprint", "Menu", "`Menu` does not stand behind")]
)
def test_words_that_cut_nothing(first: str, last: str | None, why: str) -> None:
    with pytest.raises(NoCut, match=why):
        cut(STORY, first, last)
