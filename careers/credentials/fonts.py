"""The letters of a certificate: FiraGO, and whatever fonts an operator puts beside it.

FiraGO has Latin, Greek, Cyrillic, Arabic, Hebrew, Georgian, Thai and Devanagari. Other scripts (Chinese, Japanese,
Korean, Tamil, Ethiopic …) need a TrueType or OpenType file in the folder `fonts` of the data folder.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from fpdf import FPDF
from pymupdf_fonts import FiraGO_Bold, FiraGO_Regular

FAMILY = "FiraGO"
logging.getLogger("fontTools").setLevel(logging.WARNING)  # it tells of every table that it leaves out
OWN_ENDINGS = {".ttf", ".otf"}


@contextmanager
def fonts_of(pdf: FPDF) -> Iterator[None]:
    """Give a document its fonts for as long as it is made; fpdf2 reads them from files."""
    with TemporaryDirectory(prefix="certificate-") as folder:
        for style, font in (("", FiraGO_Regular), ("B", FiraGO_Bold)):
            file = Path(folder) / f"{FAMILY}{style}.ttf"
            file.write_bytes(font.fontbuffer)
            pdf.add_font(FAMILY, style, file)
        own = own_fonts()
        for file in own:
            pdf.add_font(file.stem, "", file)
        pdf.set_fallback_fonts([file.stem for file in own], exact_match=False)
        pdf.set_text_shaping(True)
        yield


def own_fonts() -> list[Path]:
    folder = settings.DATA_DIR / "fonts"
    return sorted(file for file in folder.glob("*") if file.suffix.lower() in OWN_ENDINGS) if folder.is_dir() else []


def can_write(pdf: FPDF, text: str) -> bool:
    """Whether the document's fonts have every letter of a text."""
    letters = {ord(letter) for letter in text if not letter.isspace()}
    known = [set(getattr(font, "cmap", ())) for font in pdf.fonts.values()]
    return letters <= set().union(*known)
