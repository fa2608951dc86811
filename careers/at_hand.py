"""Fetches what a template will ask of several objects, so that it asks the database nothing itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import prefetch_related_objects

from home.images import COVER_IMAGE_SPECS, PORTRAIT_SPEC, SHARE_IMAGE_SPEC
from home.models import ContentPage, CustomImage, Person


def load_images(page: ContentPage, *, people: Iterable[Person] = (), cards: Iterable[ContentPage] = ()) -> None:
    """Set the cover of a page, the photos of people and the covers of cards, with renditions: two queries."""
    holders: list[tuple[Any, str]] = [(page, "cover")]
    holders += [(person, "photo") for person in people]
    holders += [(card, "cover") for card in cards]
    wanted = {getattr(holder, f"{field}_id") for holder, field in holders} - {None}
    images = CustomImage.objects.prefetch_renditions(*COVER_IMAGE_SPECS, SHARE_IMAGE_SPEC, PORTRAIT_SPEC)
    found = images.in_bulk(wanted) if wanted else {}
    for holder, field in holders:
        if image := found.get(getattr(holder, f"{field}_id")):
            setattr(holder, field, image)


def load_areas(pages: Sequence[ContentPage]) -> None:
    """Set the areas of pages in one query; what an editor has changed in a preview stays."""
    stored = [page for page in pages if page.pk and "areas" not in getattr(page, "_cluster_related_objects", {})]
    prefetch_related_objects(stored, "areas")
