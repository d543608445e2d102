"""What a source is called on a page: its title, else what a reader can tell it by: language, place and day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from ledger.conflicts.claims_in_words import place_name
from ledger.model import ClaimsFile, Vocabulary
from ledger.texts.languages import primary
from ledger.texts.phrases import date_words, days_words

_LANGUAGES = {
    "am": "Amharic",
    "ar": "Arabic",
    "az": "Azerbaijani",
    "be": "Belarusian",
    "bg": "Bulgarian",
    "bn": "Bengali",
    "bs": "Bosnian",
    "ca": "Catalan",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "et": "Estonian",
    "fa": "Persian",
    "fi": "Finnish",
    "fr": "French",
    "ga": "Irish",
    "ha": "Hausa",
    "he": "Hebrew",
    "hi": "Hindi",
    "hr": "Croatian",
    "hu": "Hungarian",
    "hy": "Armenian",
    "id": "Indonesian",
    "is": "Icelandic",
    "it": "Italian",
    "ja": "Japanese",
    "ka": "Georgian",
    "kk": "Kazakh",
    "km": "Khmer",
    "ko": "Korean",
    "ku": "Kurdish",
    "lt": "Lithuanian",
    "lv": "Latvian",
    "mk": "Macedonian",
    "ms": "Malay",
    "my": "Burmese",
    "nb": "Norwegian",
    "ne": "Nepali",
    "nl": "Dutch",
    "nn": "Norwegian",
    "no": "Norwegian",
    "pl": "Polish",
    "ps": "Pashto",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sk": "Slovak",
    "sl": "Slovene",
    "so": "Somali",
    "sq": "Albanian",
    "sr": "Serbian",
    "sv": "Swedish",
    "sw": "Swahili",
    "ta": "Tamil",
    "th": "Thai",
    "ti": "Tigrinya",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "uz": "Uzbek",
    "vi": "Vietnamese",
    "zh": "Chinese",
}
MOST_PLACES = 2  # that a text is said to be on


def source_names(files: Sequence[ClaimsFile], vocabulary: Vocabulary) -> Mapping[str, str]:
    """The name of each source by the path of its claims file; of several with one name the stored file's behind it."""
    names = {file.path: file.head.get("title") or _described(file, vocabulary) for file in files}
    several = Counter(names.values())
    return {file.path: name if several[name := names[file.path]] == 1 else f"{name} ({file.seed_name})" for file in files}


def language_words(language: str) -> str:
    """`Norwegian (nb)`; of a language without a name here its code."""
    name = _LANGUAGES.get(primary(language))
    return f"{name} ({language})" if name else language


def _described(file: ClaimsFile, vocabulary: Vocabulary) -> str:
    """`Norwegian text on Pokrovsk, 2025-11-03`, behind whoever published it where that is known."""
    name = _LANGUAGES.get(primary(file.language))
    text = f"{name} text" if name else f"Text in “{file.language}”"
    about = file.about or [place for place, _ in Counter(claim.place for claim in file.claims).most_common(1)]
    places = f" on {' and '.join(place_name(place, vocabulary) for place in about[:MOST_PLACES])}" if about else ""
    days = days_words(file.published_days) if file.published_days is not None else date_words(file.published)
    publisher = file.head.get("publisher")
    return (f"{publisher}: " if publisher else "") + f"{text}{places}" + (f", {days}" if days else "")
