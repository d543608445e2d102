"""Numbers as the package num2words spells them, held against how they are read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

from ledger.texts.languages import words_of
from ledger.texts.numbers import numbers_of

# Languages that both speak, by the package's tags; what the package writes otherwise than the press does.
LANGUAGES = (
    "am",
    "az",
    "ar",
    "fa",
    "he",
    "hu",
    "id",
    "ja",
    "ko",
    "sr",
    "th",
    "vi",
    "cs",
    "da",
    "de",
    "en",
    "es",
    "fr",
    "fr_BE",
    "fr_CH",
    "it",
    "nl",
    "no",
    "pl",
    "pt",
    "pt_BR",
    "ro",
    "ru",
    "sv",
    "tr",
    "uk",
)
_SPELT = {
    "ar": (("^مليونا$", "مليونان"), ("^ألفا$", "ألفان"), ("و مليون مليون", "وواحد مليون")),
    "da": (("(?<!halv)treds", "tres"),),
    "it": (("dicotto", "diciotto"),),
    "no": (("millard", "milliard"),),
    "sr": (("bilion", "milijarda"),),
    "sv": (("förtio", "fyrtio"),),
}  # fmt: skip


_SCALES = {"am": {10**9: "ቢሊዮን", 10**6: "ሚሊዮን", 1000: "ሺህ"}, "az": {10**9: "milyard", 10**6: "milyon", 1000: "min"}}


def spelled(figure: int, language: str) -> str:
    """A figure in words. Of Amharic and Azerbaijani, whose 1,100 and 21,000 the package can't write, what it writes of less than a thousand is put
    together."""
    from num2words import num2words  # type: ignore[import-untyped]

    for scale, word in _SCALES.get(language, {}).items():
        if figure >= scale:
            many, rest = divmod(figure, scale)
            return f"{spelled(many, language)} {word}" + (f" {spelled(rest, language)}" if rest else "")
    text = str(num2words(figure, lang=language))
    for wrong, right in _SPELT.get(language, ()):
        text = re.sub(wrong, right, text)
    return text


def misread(language: str, figures: Iterable[int]) -> list[tuple[int, str, list[str]]]:
    """The figures whose words are read as anything else than just that figure: with the words, and what they are read as."""
    words = words_of(language.partition("_")[0].replace("no", "nb"))
    found = []
    for figure in figures:
        text = spelled(figure, language)
        numbers = numbers_of(text, words)
        if [number.ways for number in numbers] != [(Fraction(figure),)]:
            found.append((figure, text, [str(way) for number in numbers for way in number.ways]))
    return found
