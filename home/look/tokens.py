"""The design tokens, read from the stylesheet itself, so that what is checked is what is shown."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Literal

from coloraide import Color
from django.contrib.staticfiles import finders

Theme = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = ("light", "dark")
TOKENS = "css/tokens.css"
DECLARATION = re.compile(r"(--[\w-]+):\s*([^;]+);")
VARIABLE = re.compile(r"var\((--[\w-]+)(?:,\s*(var\(--[\w-]+\)|[^()]*))?\)")
EITHER = re.compile(r"light-dark\((.*)\)$", re.DOTALL)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def source(name: str) -> str:
    """Return the text of one of our own static files."""
    path = finders.find(name)
    if not isinstance(path, str):
        raise FileNotFoundError(name)
    return Path(path).read_text()


@cache
def declared() -> dict[str, str]:
    """Return what the tokens are declared as; of hues, `--base` and its like alone."""
    found: dict[str, str] = {}
    for name, value in DECLARATION.findall(COMMENT.sub("", source(TOKENS))):
        found.setdefault(name, value.strip())
    found.pop("--hue", None)  # each area has its own
    return found


def hues_of_areas() -> dict[str, float]:
    """Return the hue behind each class `hue-…`, in degrees of OKLCH."""
    return {name: float(value) for name, value in re.findall(r"\.hue-(\w+) \{ --hue: ([\d.]+); \}", source(TOKENS))}


def colour(name: str, theme: Theme, *, base: float | None = None, hue: float | None = None) -> Color:
    """Return the colour of a token as a browser shows it in sRGB, with the site's hue and an area's, in degrees."""
    own = {"--base": base, "--hue": hue}
    values = declared() | {key: str(value) for key, value in own.items() if value is not None}
    text = _resolved(values[name], values)
    if either := EITHER.match(text):
        text = _halves(either[1])[THEMES.index(theme)]
    return Color(text).convert("srgb").clip()


def _resolved(text: str, values: dict[str, str]) -> str:
    while found := VARIABLE.search(text):
        text = text.replace(found[0], values.get(found[1]) or found[2])
    return text


def _halves(text: str) -> tuple[str, str]:
    """Split at the comma that stands outside of brackets."""
    depth = 0
    for place, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if letter == "," and not depth:
            return text[:place].strip(), text[place + 1 :].strip()
    raise ValueError(text)
