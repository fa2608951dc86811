"""Why another site gave no answer, in words for editors."""

from __future__ import annotations


class WebError(Exception):
    """`words` are for people; `kind` is for the code that decides what follows."""

    def __init__(self, words: str, *, kind: str) -> None:
        super().__init__(words)
        self.words = words
        self.kind = kind


class Refused(WebError):
    """We do not ask there at all."""

    def __init__(self, words: str) -> None:
        super().__init__(words, kind="refused")


class Unreachable(WebError):
    """Nobody answered, or not as the web does; another day may be better."""


class TooMuch(WebError):
    """The answer is larger than was allowed."""

    def __init__(self, words: str) -> None:
        super().__init__(words, kind="size")
