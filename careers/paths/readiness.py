"""What keeps a page from being a good step, for the path linter. Upper floors register what they know."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Shortcoming:
    """`impossible`: nobody can complete the page as it is. The sentence names the page."""

    sentence: str
    impossible: bool = False


#: Ids of pages of any kind → shortcomings of those that the check knows, in a constant number of queries.
Check = Callable[[Collection[int]], Mapping[int, list[Shortcoming]]]

_checks: dict[str, Check] = {}


def register(name: str, check: Check) -> None:
    _checks[name] = check


def shortcomings_of(page_ids: Collection[int]) -> dict[int, list[Shortcoming]]:
    found: dict[int, list[Shortcoming]] = defaultdict(list)
    for check in _checks.values() if page_ids else ():
        for pk, said in check(page_ids).items():
            found[pk] += said
    return found
