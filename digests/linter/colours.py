"""Contrast of two colours (WCAG 2.2, 1.4.3)."""

from __future__ import annotations

import re

HEX = re.compile(r"#([0-9a-f]{6}|[0-9a-f]{3})\b", re.IGNORECASE)
Colour = tuple[int, int, int]


def parse(text: str) -> Colour | None:
    """A colour as our mails write them: in hexadecimal."""
    found = HEX.search(text)
    if not found:
        return None
    digits = found[1] if len(found[1]) == 6 else "".join(letter * 2 for letter in found[1])
    red, green, blue = (int(digits[start : start + 2], 16) for start in (0, 2, 4))
    return red, green, blue


def contrast(one: Colour, other: Colour) -> float:
    """From 1, equal, to 21, black on white."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Colour) -> float:
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
