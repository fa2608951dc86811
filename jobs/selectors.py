"""What other floors, the health check and the admin read of the jobs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from jobs.models import Notice, Tick
from jobs.registry import kinds
from jobs.sweeper import SWEEP

#: Three sweeps may be missed before the schedule counts as dead.
ALIVE_FOR = timedelta(minutes=3, seconds=30)


def last_tick(name: str) -> datetime | None:
    """When the part of the schedule called `name` last ran."""
    return Tick.objects.filter(name=name).values_list("last_at", flat=True).first()


def schedule_is_alive(now: datetime) -> bool:
    """Whether the minute tick ran lately: beat, the broker and a worker for `periodic` all did their part."""
    last = last_tick(SWEEP)
    return last is not None and last > now - ALIVE_FOR


@dataclass(frozen=True)
class QueueState:
    """When a worker of this queue last answered, and whether one is at work now, which may keep it from answering."""

    name: str
    seen_at: datetime | None
    is_busy: bool
    is_alive: bool


def queue_states(now: datetime, names: Iterable[str]) -> list[QueueState]:
    """The state of the queues called `names`, in one query and one for each kind of work."""
    names = list(names)
    seen = dict(Tick.objects.filter(name__in=[f"worker:{name}" for name in names]).values_list("name", "last_at"))
    busy = {kind.queue for kind in kinds() if kind.model.objects.running().filter(lease_until__gte=now).exists()}
    return [_state(name, seen.get(f"worker:{name}"), name in busy, now) for name in names]


def _state(name: str, seen_at: datetime | None, is_busy: bool, now: datetime) -> QueueState:
    lately = seen_at is not None and seen_at > now - ALIVE_FOR
    return QueueState(name=name, seen_at=seen_at, is_busy=is_busy, is_alive=lately or is_busy)


def unread_notices(user_id: int) -> int:
    return Notice.objects.filter(recipient_id=user_id, read_at=None).count()
