"""Where rows say something else than the ledger from which they follow."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from careers.progress.judging import Pair

#: The ledger says done, and no completion is recorded.
MISSING = "missing"
#: Recorded as read or watched, and the ledger knows nothing of it.
UNFOUNDED = "unfounded"
#: The sum of reading sessions is another one.
SUMS = "sums"
#: Complete and taken back at the same time.
CONTRADICTED = "contradicted"
#: All required steps are done, and the path is not finished.
UNFINISHED = "unfinished"


@dataclass
class Findings:
    """How many rows were looked at for each kind of drift, and the (person, page or path) that drifted."""

    checked: dict[str, int] = field(default_factory=dict)
    drift: dict[str, list[Pair]] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(map(len, self.drift.values()))

    def note(self, kind: str, checked: int, found: Iterable[Pair]) -> None:
        self.checked[kind] = self.checked.get(kind, 0) + checked
        self.drift.setdefault(kind, []).extend(found)
