"""The HTML form of a mail, made from its text: the words are written once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """A paragraph, or with `url` a button that says `text`."""

    text: str
    url: str = ""


def html_parts(message: str) -> list[Part]:
    """Split on empty lines; a line "What happens:" above an address becomes a button."""
    return list(_parts(message))


def _parts(message: str) -> Iterator[Part]:
    for block in message.split("\n\n"):
        label, _, address = block.strip().rpartition("\n")
        if label and address.startswith(("http://", "https://")) and " " not in address:
            yield Part(text=label.rstrip(":"), url=address)
        elif block.strip():
            yield Part(text=block.strip())
