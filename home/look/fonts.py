"""Pairs of fonts that computers already have: nothing is downloaded, and nothing jumps while a page loads.

The stacks name one face of the same kind for each system, so that a pair is recognisably the same everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Pair:
    """`serif` is what headings and articles are set in, `sans` everything around them: two CSS `font-family` lists."""

    serif: str
    sans: str


class FontPair(models.TextChoices):
    BOOK = "book", _("Book: old-style letters for reading, humanist ones around them")
    PAPER = "paper", _("Newspaper: sturdy letters with serifs, plain ones around them")
    PLAIN = "plain", _("Plain: letters without serifs throughout")
    ROUND = "round", _("Round: friendly rounded headings and text")


OLD_STYLE = (
    '"Iowan Old Style", "Palatino Linotype", Palatino, "URW Palladio L", P052, "Source Serif 4", "Noto Serif", '
    'Charter, Georgia, "Liberation Serif", serif'
)
HUMANIST = (
    '"Avenir Next", Seravek, "Segoe UI Variable Text", "Segoe UI", Inter, Cantarell, Roboto, "Noto Sans", '
    '"Helvetica Neue", "Liberation Sans", Arial, sans-serif'
)
STURDY = 'Charter, "Bitstream Charter", "Sitka Text", Cambria, "Noto Serif", "DejaVu Serif", Georgia, serif'
PLAIN = 'system-ui, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Liberation Sans", Arial, sans-serif'
ROUNDED = (
    'ui-rounded, "Hiragino Maru Gothic ProN", Quicksand, Comfortaa, Manjari, "Arial Rounded MT Bold", Nunito, '
    'Calibri, "Trebuchet MS", "DejaVu Sans", sans-serif'
)
PAIRS = {
    FontPair.BOOK: Pair(OLD_STYLE, HUMANIST),
    FontPair.PAPER: Pair(STURDY, PLAIN),
    FontPair.PLAIN: Pair(PLAIN, PLAIN),
    FontPair.ROUND: Pair(ROUNDED, HUMANIST),
}
