"""The colour that an owner gives: its hue is taken, its lightness is ours, so that words on it can be read."""

from __future__ import annotations

import math
import re

from coloraide import Color
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from home.look import contrast, tokens

#: The hue of the stylesheet as it comes, in degrees of OKLCH.
OWN_HUE = 282.0
#: Below this chroma (OKLCH) an eye sees grey, and the hue is noise.
LEAST_CHROMA = 0.02
DEGREES = re.compile(r"\d{1,3}(\.\d+)?")


def hue_of(text: str) -> float | None:
    """Return the hue (OKLCH, 0 to under 360) of a CSS colour, or a number of degrees; None when there is none."""
    text = text.strip().lower()
    if DEGREES.fullmatch(text):
        return float(text) if float(text) <= 360 else None
    colour = parsed(text)
    if colour is None or colour["chroma"] < LEAST_CHROMA or math.isnan(colour["hue"]):
        return None
    return float(colour["hue"]) % 360


def parsed(text: str) -> Color | None:
    """Return a CSS colour in OKLCH."""
    try:
        return Color(text.strip().lower()).convert("oklch")
    except ValueError:
        return None


def base_of(text: str) -> float:
    """Return the hue that the site has with this colour; the stylesheet's own when there is none in it."""
    found = hue_of(text) if text else None
    return OWN_HUE if found is None else found


def check(text: str) -> None:
    """Refuse what has no hue, and a hue with which something could not be read; say what would work."""
    hue = hue_of(text)
    if hue is None:
        raise ValidationError(_without_hue(text))
    failures = contrast.failures(base=hue)
    if failures:
        worst = min(failures, key=lambda reading: reading.found / reading.pair.least)
        raise ValidationError(_unreadable(worst, contrast.nearest_that_works(hue)))


def _without_hue(text: str) -> str:
    if parsed(text):
        return _(
            "“%(colour)s” is a grey: there is no hue in it to take. Choose a colour such as #1f6f54, "
            "or leave this empty for the portal's own."
        ) % {"colour": text}
    return _(
        "“%(colour)s” is no colour that we know. Write one such as #1f6f54 or rebeccapurple, or a hue from 0 to 360."
    ) % {"colour": text}


def _unreadable(worst: contrast.Reading, instead: int | None) -> str:
    said = _("With this colour %(what)s would be hard to read: %(found)s to 1, and it takes %(least)s to 1.") % {
        "what": worst.pair.name,
        "found": f"{worst.found:.1f}",
        "least": f"{worst.pair.least:g}",
    }
    if instead is None:
        return said
    return said + " " + _("The closest hue that works is %(hue)s.") % {"hue": instead}


def as_it_stands(text: str) -> float | None:
    """Return the contrast of the very colour on our bright ground, as its owner would have used it."""
    colour = parsed(text) if text else None
    if colour is None:
        return None
    return float(colour.convert("srgb").clip().contrast(tokens.colour("--paper", "light"), method="wcag21"))
