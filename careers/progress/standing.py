"""Where somebody stands on a path."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from careers.paths.route import RouteStage
from careers.progress.measuring import PathProgress

if TYPE_CHECKING:
    from careers.models import Enrolment


@dataclass(frozen=True)
class Standing:
    enrolment: Enrolment | None
    route: list[RouteStage]
    done_ids: frozenset[int]
    progress: PathProgress
