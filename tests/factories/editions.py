"""Editions and what is in them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from digests.editions.calendar import span_of
from digests.models import DigestSettings, Edition, EditionItem
from digests.periods import Rhythm
from tests.factories.careers import ArticlePageFactory


class EditionFactory(DjangoModelFactory):
    """Of this week, of which there is one."""

    class Meta:
        model = Edition
        django_get_or_create = ("rhythm", "period_key")

    rhythm = Rhythm.WEEKLY
    first_day = factory.LazyAttribute(lambda edition: span_of(edition.rhythm, timezone.now().date()).first)
    period_key = factory.LazyAttribute(lambda edition: span_of(edition.rhythm, edition.first_day).key)


class EditionItemFactory(DjangoModelFactory):
    class Meta:
        model = EditionItem

    edition = factory.SubFactory(EditionFactory)
    page = factory.SubFactory(
        ArticlePageFactory, first_published_at=factory.LazyFunction(lambda: timezone.now() - timedelta(hours=1))
    )


class DigestSettingsFactory(DjangoModelFactory):
    class Meta:
        model = DigestSettings


def edition_with(*pages: Any, **fields: Any) -> Edition:
    """An edition of this week with these pages, in this order of arrival."""
    edition: Edition = EditionFactory.create(**fields)
    for page in pages:
        EditionItemFactory.create(edition=edition, page=page)
    return edition
