"""The furthest passage of an article that a person has reached."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from careers.learning.passages import passages_of
from careers.models import ReadingPlace
from home.models import ContentPage

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def record_place(*, person: User, page: ContentPage, anchor: str, now: datetime | None = None) -> ReadingPlace | None:
    """Keep the place if it is further than the one that is known; None for an anchor that the article has not.

    Reading again from the start moves the time, so that the article is the latest, and never the place.
    """
    passages = passages_of(page.specific)
    found = next((index for index, passage in enumerate(passages) if passage.anchor == anchor), None)
    if found is None:
        return None
    percent = 100 * (found + 1) // len(passages)
    values = {"anchor": anchor, "heading": passages[found].heading, "percent": percent}
    values |= {"updated_at": now or timezone.now()}
    place, made = ReadingPlace.objects.get_or_create(person=person, page_id=page.pk, defaults=values)
    if not made:
        own = ReadingPlace.objects.filter(pk=place.pk)
        own.update(updated_at=values["updated_at"])
        own.filter(percent__lt=percent).update(**values)
        place.refresh_from_db()
    return place
