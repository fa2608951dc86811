"""What a drill comes to: promises that were looked at, and the figures beside them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

Say = Callable[[str], None]
#: Of what breaks a promise; the rest is counted.
MOST_SHOWN = 10


@dataclass
class Check:
    """One promise, and everything that breaks it."""

    promise: str
    violations: list[str] = field(default_factory=list)

    @property
    def passed(self) -> bool:
        return not self.violations


@dataclass
class Result(ABC):
    """Each drill adds its own figures, and says in `words` what they mean. `seed` repeats what was left to chance."""

    seed: int
    seconds: float = 0
    checks: list[Check] = field(default_factory=list)

    @property
    def passed(self) -> bool:
        return all(check.passed for check in self.checks)

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"passed": self.passed, "words": self.words()}

    @abstractmethod
    def words(self) -> list[str]:
        """Sentences for the person who ran it."""
