"""What an editor is told about a path before it is published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from careers.paths.findings import Finding, Severity
from careers.paths.impact import Impact, impact_of
from careers.paths.linter import lint

if TYPE_CHECKING:
    from careers.models import LearningPathPage


@dataclass(frozen=True)
class Review:
    findings: list[Finding]
    impact: Impact

    @property
    def errors(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity == Severity.ERROR]


def review(draft: LearningPathPage) -> Review:
    return Review(lint(draft), impact_of(draft))
