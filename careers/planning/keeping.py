"""Writing down when a person has time, and opening and closing the private feed."""

from __future__ import annotations

from collections.abc import Iterable
from secrets import token_urlsafe
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from careers.models import PlanSlot, WeeklyPlan
from careers.planning.sessions import Slot

if TYPE_CHECKING:
    from accounts.models import User

KEY_BYTES = 32


@transaction.atomic
def save_plan(*, person: User, slots: Iterable[Slot], speed: int) -> WeeklyPlan:
    """Keep when the person has time. An unchanged plan stays as old as it is: its past sessions are not forgotten."""
    plan, _made = WeeklyPlan.objects.select_for_update().get_or_create(person=person, defaults={"speed": speed})
    wanted = sorted(slots, key=lambda slot: slot.weekday)
    stored = [Slot(row.weekday, row.starts_at, row.minutes) for row in plan.slots.order_by("weekday")]
    if wanted == stored and plan.speed == speed:
        return plan
    plan.slots.all().delete()
    PlanSlot.objects.bulk_create(
        PlanSlot(plan=plan, weekday=slot.weekday, starts_at=slot.starts_at, minutes=slot.minutes) for slot in wanted
    )
    plan.speed, plan.changed_at = speed, timezone.now()
    plan.save(update_fields=["speed", "changed_at"])
    return plan


def open_feed(*, plan: WeeklyPlan) -> str:
    """Make a new private address, which ends the one before; return its key."""
    plan.feed_key = token_urlsafe(KEY_BYTES)
    plan.save(update_fields=["feed_key"])
    return plan.feed_key


def close_feed(*, plan: WeeklyPlan) -> None:
    plan.feed_key = None
    plan.save(update_fields=["feed_key"])
