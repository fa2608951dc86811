"""Whether everything can be read with the hues an owner chose (WCAG 2.2, 1.4.3 and 1.4.11)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from home.look.tokens import THEMES, Theme, colour

#: To one: of words on their ground, and of lines and signs.
WORDS, SIGNS = 4.5, 3.0


@dataclass(frozen=True)
class Pair:
    name: str | Promise
    ink: str
    grounds: tuple[str, ...]
    least: float = WORDS


PAIRS = (
    Pair(_("text"), "--ink", ("--paper", "--raised", "--sunken", "--hue-tint")),
    Pair(_("quiet text"), "--ink-soft", ("--paper", "--raised", "--sunken", "--hue-tint")),
    Pair(_("links and labels"), "--hue-ink", ("--paper", "--raised", "--sunken", "--hue-tint")),
    Pair(_("buttons"), "--on-brand", ("--brand",)),
    Pair(_("lit buttons"), "--on-lamp", ("--lamp", "--lamp-bright")),
    Pair(_("names on the bright ground"), "--brand", ("--paper",)),
    Pair(_("text on an area's colour"), "--on-fill", ("--hue-fill", "--hue-deep", "--hue-night")),
    Pair(_("text on the dark ground"), "--on-dusk", ("--dusk", "--dusk-deep", "--night")),
    Pair(_("quiet text on the dark ground"), "--on-dusk-soft", ("--dusk", "--dusk-deep", "--night")),
    Pair(_("headings in the footer"), "--lamp", ("--dusk", "--dusk-deep", "--night")),
    Pair(_("good news"), "--good", ("--paper", "--raised", "--sunken", "--good-tint")),
    Pair(_("bad news"), "--bad", ("--paper", "--raised", "--sunken", "--bad-tint")),
    Pair(_("the ring around what has the focus"), "--focus", ("--paper", "--raised", "--sunken"), SIGNS),
    Pair(_("the frames of fields"), "--rule-strong", ("--paper", "--raised"), SIGNS),
    Pair(_("marks and tracks"), "--hue-mid", ("--paper", "--raised"), SIGNS),
)


@dataclass(frozen=True)
class Reading:
    """One pair in one theme, at the ground on which it is hardest to read; `found` is its contrast to one."""

    pair: Pair
    theme: Theme
    ground: str
    found: float
    ink_hex: str
    ground_hex: str

    @property
    def is_enough(self) -> bool:
        return self.found >= self.pair.least


def readings(*, base: float | None = None, hue: float | None = None) -> Iterator[Reading]:
    for theme in THEMES:
        for pair in PAIRS:
            yield min(_each(pair, theme, base, hue), key=lambda reading: reading.found)


def _each(pair: Pair, theme: Theme, base: float | None, hue: float | None) -> Iterator[Reading]:
    ink = colour(pair.ink, theme, base=base, hue=hue)
    for name in pair.grounds:
        ground = colour(name, theme, base=base, hue=hue)
        found = ink.contrast(ground, method="wcag21")
        yield Reading(pair, theme, name, found, ink.to_string(hex=True), ground.to_string(hex=True))


def failures(*, base: float | None = None, hue: float | None = None) -> list[Reading]:
    return [reading for reading in readings(base=base, hue=hue) if not reading.is_enough]


def nearest_that_works(base: float) -> int | None:
    """Return the whole hue closest to `base` with which everything can be read."""
    for step in range(181):
        for hue in ((round(base) + step) % 360, (round(base) - step) % 360):
            if not failures(base=hue):
                return hue
    return None
