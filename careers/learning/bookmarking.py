"""Keeping pages to find them again."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from careers.models import Bookmark
from home.models import ContentPage

if TYPE_CHECKING:
    from accounts.models import User

MOST_BOOKMARKS = 1000


class TooManyBookmarks(ValueError):
    """The person keeps as many pages as one may."""


@transaction.atomic
def keep(*, person: User, page: ContentPage, since: datetime | None = None) -> Bookmark:
    """Keep a page; one that is kept stays as it is. Raises TooManyBookmarks."""
    if not (known := Bookmark.objects.of(person).filter(page=page.pk).first()) and (
        Bookmark.objects.of(person).count() >= MOST_BOOKMARKS
    ):
        raise TooManyBookmarks
    values = {"created_at": since or timezone.now()}
    return known or Bookmark.objects.get_or_create(person=person, page_id=page.pk, defaults=values)[0]


def drop(*, person: User, page_id: int) -> bool:
    """Stop keeping a page, and say whether it was kept."""
    deleted, _rows = Bookmark.objects.of(person).filter(page=page_id).delete()
    return bool(deleted)
