"""The sample community for a measurement: all of it but the videos, whose making takes longer than the
measuring, and what people did with them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from portal.sample.loader import SampleCommunity


class WithoutFilms(SampleCommunity):
    def masterclass(self) -> list[Any]:
        *pages, _start_films = super().masterclass()
        return pages

    def films(self) -> list[Any]:
        return []

    def practice(self) -> list[Any]:
        return []


def samples() -> Sequence[Any]:
    """Return the steps of the loading, each a title and what to call."""
    return WithoutFilms().steps()
