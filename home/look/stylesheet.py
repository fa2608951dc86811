"""The one stylesheet of the public side: our files in their order, an owner's choices, and an address by its content.

One file, because each file that blocks rendering is a round trip before anything is seen; together they are smaller
than one photograph.
"""

from __future__ import annotations

import gzip
import re
from functools import lru_cache
from hashlib import blake2b

from django.conf import settings
from django.urls import reverse

from home.look import tokens
from home.look.fonts import PAIRS, FontPair

#: In the order of the layers; the tokens come first and name them.
FILES = (
    *("tokens", "portal", "components", "pages", "route", "learning", "player", "transcript"),
    *("digests", "accounts", "credentials"),
)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
AROUND = re.compile(r"\s*([{};,])\s*")


def text(*, base: float, fonts: str) -> str:
    """Return the stylesheet with a hue, in degrees, and a pair of fonts; while developing, made anew each time."""
    return _made.__wrapped__(base, fonts) if settings.DEBUG else _made(base, fonts)


def address(*, base: float, fonts: str) -> str:
    """Return where browsers find it: another content, another address."""
    return reverse("stylesheet", args=[digest(text(base=base, fonts=fonts))])


def digest(css: str) -> str:
    return blake2b(css.encode(), digest_size=8).hexdigest()


@lru_cache(maxsize=8)
def compressed(css: str) -> bytes:
    return gzip.compress(css.encode(), mtime=0)


@lru_cache(maxsize=8)
def _made(base: float, fonts: str) -> str:
    pair = PAIRS[FontPair(fonts)]
    joined = "\n".join(tokens.source(f"css/{name}.css") for name in FILES)
    ours = AROUND.sub(r"\1", re.sub(r"\s+", " ", COMMENT.sub("", joined))).strip()
    return f"{ours}@layer tokens{{:root{{--base:{base:.4g};--serif:{pair.serif};--sans:{pair.sans}}}}}"
