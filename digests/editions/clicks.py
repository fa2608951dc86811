"""Clicks in mails, counted in sum and only where the site wants it: no link and no row knows whose they are."""

from __future__ import annotations

from django.db.models import F, QuerySet

from digests.models import Clicks, DigestSettings, Edition


def count(*, edition: int, page: int) -> None:
    """Add one, if the site counts: mails that went before it stopped have their links still."""
    if not DigestSettings.load().counts_clicks or not Edition.objects.filter(pk=edition).exists():
        return
    Clicks.objects.get_or_create(edition_id=edition, page_id=page)
    Clicks.objects.filter(edition=edition, page=page).update(number=F("number") + 1)


def clicks_of(edition: int) -> QuerySet[Clicks]:
    """The most opened first."""
    return Clicks.objects.filter(edition=edition).select_related("page").order_by("-number", "page__title")
