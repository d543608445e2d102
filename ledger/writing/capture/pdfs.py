"""The text of a PDF, and what it says of itself. Alone imports pypdf, whose version is named: another may read another text."""

from __future__ import annotations

import io
import logging
import warnings
from typing import NamedTuple

from ledger.model import Trouble
from ledger.model.extras import needs
from ledger.texts.display import shorten

MOST_PAGES = 5_000


class Pdf(NamedTuple):
    """The text of a PDF, its pages with empty lines between; the program that read it; its own title and language (empty: none)."""

    text: str
    by: str
    title: str
    language: str


def read_pdf(data: bytes) -> Pdf:
    """What a PDF says; raises Trouble for one that can't be read, or is pictures alone."""
    with needs("pypdf", "capture"):
        import pypdf
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            reader = pypdf.PdfReader(io.BytesIO(data))
            if reader.is_encrypted and not reader.decrypt(""):
                raise Trouble("this PDF is locked by a password: nothing was stored")
            if len(reader.pages) > MOST_PAGES:
                raise Trouble(f"this PDF has more than {MOST_PAGES} pages: nothing was stored")
            pages = [page.extract_text() for page in reader.pages]
            title = str(reader.metadata.title or "") if reader.metadata is not None else ""
            language = str(reader.root_object.get("/Lang", "") or "")
    except Trouble:
        raise
    except RecursionError:
        raise Trouble("this PDF is nested too deep: nothing was stored") from None
    except Exception as problem:  # whatever a damaged file makes of a reader of another house
        raise Trouble(f"this PDF can't be read: {shorten(str(problem), 200) or type(problem).__name__}") from None
    text = "\n\n".join(part for page in pages if (part := _sound(page)))
    if not text:
        raise Trouble(
            "this PDF holds no text, only pictures: read it by a program that knows letters (OCR), and add the text with `by: hand`"
        )
    return Pdf(text + "\n", f"pypdf {pypdf.__version__}", title.strip(), language.strip())


def _sound(page: str) -> str:
    """The text of a page without halves of characters and controls, its lines ended as on Unix."""
    text = page.encode("utf-8", "replace").decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    lines = ["".join(char for char in line if char >= " " or char == "\t").rstrip(" ") for line in text.split("\n")]
    return "\n".join(lines).strip("\n")
