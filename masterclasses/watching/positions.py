"""Writing down where a person is in a part."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from masterclasses.models import PartPage, WatchPosition
from masterclasses.watching.film import film_of

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic(savepoint=False)
def record_position(*, person: User, part: PartPage, seconds: float, measured_at: datetime) -> bool:
    """Keep the position that was measured last, whatever order the measurements come in; say whether it is this one.

    `seconds` ends at the film's length and `measured_at` at now: a clock that is ahead must not outvote the others.
    """
    values = {"seconds": min(seconds, film_of(part).length), "updated_at": min(measured_at, timezone.now())}
    mine = WatchPosition.objects.filter(person=person, part=part)
    if mine.filter(updated_at__lt=values["updated_at"]).update(**values):
        return True
    _position, made = mine.get_or_create(person=person, part=part, defaults=values)
    return made or bool(mine.filter(updated_at__lt=values["updated_at"]).update(**values))
