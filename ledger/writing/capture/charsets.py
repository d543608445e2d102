"""The bytes of a page or a text -> its letters: which charset they are in, and how that is known. Frozen: rules that make texts go by it.

A byte order mark goes before all. What is valid UTF-8 beyond ASCII is UTF-8, whatever is declared: of no other charset is that ever so by
chance in a text of some length. Then what was declared beside the bytes (by a server, or by a person), then what the page declares, then
windows-1252, as browsers do. Names of charsets are those of the Encoding Standard, so `iso-8859-1` is windows-1252.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

NAMED, MARKED, VALID, BESIDE, WITHIN, GUESSED = "named", "mark", "valid", "beside", "within", "guessed"
_LOOKED_AT = 4096  # bytes in which a page declares its charset
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DECLARED = re.compile(rb"<meta[^>]{0,400}?charset[\t\n\f\r ]*=[\t\n\f\r ]*[\"']?[\t\n\f\r ]*([A-Za-z0-9_:.+-]{1,40})", re.IGNORECASE)
_XML = re.compile(rb"\A[\t\n\r ]*<\?xml[^>]{0,200}?encoding[\t\n\r ]*=[\t\n\r ]*[\"']([A-Za-z0-9_:.+-]{1,40})", re.IGNORECASE)

# Names in small letters -> Python's codec.
_CODECS = {
    **dict.fromkeys(("utf-8", "utf8", "unicode-1-1-utf-8", "x-unicode20utf8"), "utf-8"),
    **dict.fromkeys(("utf-16", "utf-16le", "utf-16-le", "unicode", "ucs-2"), "utf-16-le"),
    **dict.fromkeys(("utf-16be", "utf-16-be", "unicodefffe"), "utf-16-be"),
    **dict.fromkeys(("ascii", "us-ascii", "ansi_x3.4-1968", "latin1", "iso-8859-1", "iso8859-1", "iso_8859-1", "l1"), "cp1252"),
    **dict.fromkeys(("iso-8859-9", "iso8859-9", "latin5", "windows-1254", "cp1254"), "cp1254"),
    **dict.fromkeys(("iso-8859-11", "tis-620", "windows-874"), "cp874"),
    **dict.fromkeys(("gb2312", "gbk", "gb_2312-80", "x-gbk", "gb18030", "chinese"), "gb18030"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j", "ms_kanji"), "cp932"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "korean", "windows-949"), "cp949"),
    **dict.fromkeys(("big5", "big5-hkscs", "x-x-big5", "cn-big5"), "big5hkscs"),
    **dict.fromkeys(("euc-jp", "x-euc-jp"), "euc_jp"),
    **dict.fromkeys(("koi8-r", "koi8", "koi"), "koi8-r"),
    **dict.fromkeys(("koi8-u", "koi8-ru"), "koi8-u"),
    **dict.fromkeys(("ibm866", "cp866", "866"), "cp866"),
    **dict.fromkeys(("macintosh", "x-mac-roman", "mac"), "mac-roman"),
    **dict.fromkeys(("x-mac-cyrillic", "x-mac-ukrainian"), "mac-cyrillic"),
    "iso-2022-jp": "iso2022_jp",
    **{name: f"cp{page}" for page in (1250, 1251, 1252, 1253, 1255, 1256, 1257, 1258) for name in (f"windows-{page}", f"cp{page}", f"x-cp{page}")},
    **{name: f"iso8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16) for name in (f"iso-8859-{part}", f"iso8859-{part}")},
}  # fmt: skip


class Decoded(NamedTuple):
    """A text, the charset its bytes are in, how that is known (one of the six above), the charset that was declared otherwise (empty:
    none), and how many characters could not be read (each is U+FFFD in the text)."""

    text: str
    charset: str
    how: str
    otherwise: str
    unread: int

    def told(self) -> str:
        """What a person should know of it; nothing where all is as it is declared."""
        words = []
        if self.otherwise:
            words.append(f"it declares the charset {self.otherwise}, and is {self.charset}")
        elif self.how == GUESSED:
            words.append(f"it declares no charset: read as {self.charset} (name another with --charset)")
        if self.unread:
            words.append(f"{self.unread} of its characters could not be read as {self.charset}")
        return "; ".join(words)


def codec_of(name: str) -> str | None:
    """Python's codec for the name of a charset; None for one that is not known."""
    return _CODECS.get(name.strip().lower())


def declared_in(data: bytes) -> str:
    """The charset that a page declares in itself; empty where it declares none."""
    head = data[:_LOOKED_AT]
    found = _DECLARED.search(head) or _XML.match(head)
    return found[1].decode("ascii").lower() if found is not None else ""


def decode(data: bytes, beside: str = "", pages: bool = True) -> Decoded:
    """The letters of bytes. `beside` is the charset that was declared beside them; `pages`: they may declare one themselves."""
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], codec, MARKED, "")
    within = declared_in(data) if pages else ""
    outer = codec_of(beside)
    if outer in ("utf-16-le", "utf-16-be"):
        return _decoded(data, outer, BESIDE, "")
    if not data.isascii() or outer is None:
        valid = _strict(data, "utf-8") if not data.isascii() else None
        if valid is not None:
            otherwise = next((name for name in (beside, within) if name and codec_of(name) not in ("utf-8", "utf-16-le", "utf-16-be")), "")
            return Decoded(valid, "utf-8", VALID, otherwise, 0)
    for name, how in ((beside, BESIDE), (within, WITHIN)):
        known = codec_of(name)
        if known is not None and known.startswith("utf-16"):
            known = "utf-8"  # a page that says so in ASCII is none
        if known is not None and (strict := _strict(data, known)) is not None:
            return Decoded(strict, known, how, "", 0)
    for name, how in ((beside, BESIDE), (within, WITHIN)):
        known = codec_of(name)
        if known is not None and not known.startswith("utf-"):
            return _decoded(data, known, how, "")
    if any(codec_of(name) == "utf-8" for name in (beside, within)):
        text = data.decode("utf-8", "replace")
        unread = text.count("\ufffd")
        if 2 * unread <= len(text) - len(text.encode("ascii", "ignore")):  # a few bytes are damaged, and most of it is what it says
            return Decoded(text, "utf-8", BESIDE if codec_of(beside) else WITHIN, "", unread)
    return _decoded(data, "utf-8" if data.isascii() else "cp1252", VALID if data.isascii() else GUESSED, beside or within)


def _strict(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


def _decoded(data: bytes, codec: str, how: str, otherwise: str) -> Decoded:
    text = data.decode(codec, "replace")
    if codec == "cp1252" and otherwise in ("ascii", "us-ascii", "latin1", "iso-8859-1", "windows-1252"):
        otherwise = ""
    return Decoded(text, codec, how, otherwise if not data.isascii() else "", text.count("\ufffd"))
