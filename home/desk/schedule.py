"""What is going to happen, from every floor: the readiness calendar. Each floor registers a source in its `ready()`:

schedule.register("digests", coming_editions)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

#: Of a page: it can be read from this moment, or no longer. Of what it needs: ready. Of a mail: it gathers until then.
GOES_LIVE, EXPIRES, READY, CLOSES, HAPPENS = "goes_live", "expires", "ready", "closes", "happens"


@dataclass(frozen=True)
class Entry:
    """Something dated. `at` is aware, in any zone; `about` says that it is a forecast.

    `page` is the id of the page it is about, by which entries of several floors belong together. `words` says what
    happens, as in “goes live” or “the video is ready”.
    """

    what: str
    at: datetime
    title: str
    words: str = ""
    address: str = ""
    page: int | None = None
    about: bool = False
    icon: str = "date"


#: Entries from the first moment (included) to the second (excluded) that this person may see, in constant queries.
Source = Callable[["AbstractBaseUser", datetime, datetime], Iterable[Entry]]
#: Ids of pages that are to go live → what each still lacks, where nobody can tell by when it will be there.
Lacks = Callable[[Collection[int]], Mapping[int, list[str]]]
_sources: dict[str, Source] = {}
_lacks: dict[str, Lacks] = {}


def register(name: str, source: Source) -> None:
    _sources[name] = source


def register_lacks(name: str, lacks: Lacks) -> None:
    _lacks[name] = lacks


def lacks_of(page_ids: Collection[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for lacks in _lacks.values() if page_ids else ():
        for pk, words in lacks(page_ids).items():
            found[pk] += words
    return found


def entries_between(person: AbstractBaseUser, first: datetime, last: datetime) -> list[Entry]:
    """Return what every source knows, in the order of time; a source that says more is cut to what was asked."""
    found = (entry for source in _sources.values() for entry in source(person, first, last))
    return sorted((entry for entry in found if first <= entry.at < last), key=lambda entry: (entry.at, entry.title))
