"""One page in one state, and all that a test walks through."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple


class Screen(NamedTuple):
    """`name` is a page type's, or an address's in the URLconf. `sent`: its form was sent as it is, and came back."""

    name: str
    address: str
    sent: bool = False


Screens = Iterator[Screen]
