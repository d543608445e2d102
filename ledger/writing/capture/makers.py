"""What makes the text of an original: our frozen rules by name, and the rule for each type of file. Each is imported when it is used."""

from __future__ import annotations

from ledger.model import Trouble
from ledger.writing.capture.charsets import Decoded

HTML, PLAIN, TELEGRAM, VTT = "ledger-html 1", "ledger-plain 1", "ledger-telegram 1", "ledger-vtt 1"
RULE_OF = {
    "text/html": HTML,
    "application/xhtml+xml": HTML,
    "text/plain": PLAIN,
    "text/vtt": VTT,
    "application/x-subrip": VTT,
}


def charset_of(media_type: str | None) -> str:
    """The charset that a media type names; empty where it names none."""
    _, _, after = (media_type or "").partition("charset=")
    return after.strip(" \"'").lower()


def text_by(rule: str, data: bytes, charset: str = "") -> tuple[str, Decoded]:
    """The text that a rule makes of bytes, and how they were read; raises Trouble for what it can't make one of."""
    if rule == HTML:
        from ledger.writing.capture.html_text import html_text

        return html_text(data, charset)
    if rule == VTT:
        from ledger.writing.capture.subtitles import subtitle_text

        return subtitle_text(data, charset)
    if rule == TELEGRAM:
        from ledger.writing.capture.telegram import NoExport, telegram_text

        try:
            return telegram_text(data, charset)
        except NoExport as problem:
            raise Trouble(f"this is no export of Telegram Desktop: {problem}") from None
    from ledger.writing.capture.plain import plain_text

    return plain_text(data, charset)
