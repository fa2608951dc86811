"""How hard words are to read: LIX (C.-H. Björnsson, Läsbarhet, 1968), words per sentence and the share of long words.

It counts no syllables, so it needs no dictionary and no other library, and is used for many languages alike.
"""

from __future__ import annotations

import re

LONG = 7
#: Fewer words say nothing.
FEWEST = 100
#: From here on a text is hard for most; languages that join words have longer ones without being harder.
HARD = {"de": 62.0, "nl": 60.0, "sv": 60.0, "da": 60.0, "fi": 68.0}
HARD_ELSEWHERE = 56.0

WORD = re.compile(r"[^\W\d_]+(?:[’'\-][^\W\d_]+)*")
SENTENCE_END = re.compile(r"[.!?…:]+(?=\s|$)|\n+")


def lix(text: str) -> float | None:
    """20 is for children, 40 a newspaper, 60 a law; None for too few words."""
    words = WORD.findall(text)
    if len(words) < FEWEST:
        return None
    sentences = sum(1 for part in SENTENCE_END.split(text) if WORD.search(part))
    long_words = sum(1 for word in words if len(word) >= LONG)
    return len(words) / sentences + 100 * long_words / len(words)


def is_hard(text: str, language: str) -> bool:
    value = lix(text)
    return value is not None and value >= HARD.get(language.partition("-")[0].lower(), HARD_ELSEWHERE)
