"""What is known of a remote job: read from all its events in the order of their sequence.

In whichever order events come, and however often, the same events say the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from masterclasses.models import RemoteEvent

Kind = RemoteEvent.Kind


@dataclass(frozen=True)
class Facts:
    """`end` is the first word that it is done or failed; nothing that was said after it counts."""

    end: RemoteEvent | None = None
    progress: RemoteEvent | None = None

    @property
    def seconds_done(self) -> float:
        return float(self.progress.data["seconds_done"]) if self.progress else 0.0


def facts_of(job: UUID) -> Facts:
    events = RemoteEvent.objects.filter(job=job)
    end = events.filter(kind__in=(Kind.DONE, Kind.FAILED)).order_by("sequence", "event_id").first()
    said = events.filter(kind=Kind.PROGRESS)
    if end is not None:
        said = said.filter(sequence__lt=end.sequence)
    return Facts(end, said.order_by("-sequence", "-event_id").first())


def outputs_of(job: UUID, end: RemoteEvent) -> dict[str, dict[str, Any]]:
    """The files that were made, by name; of two of one name that which was named last."""
    said = RemoteEvent.objects.filter(job=job, kind=Kind.OUTPUT_READY, sequence__lt=end.sequence)
    events = [*said.order_by("sequence", "event_id"), end]
    return {output["name"]: output for event in events for output in event.data.get("outputs", [])}
