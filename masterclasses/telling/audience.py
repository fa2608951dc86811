"""To whom a part is open, asked for everybody at once."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, QuerySet
from wagtail.models import PageViewRestriction

from masterclasses.models import PartPage


def may_see(part: PartPage) -> QuerySet[Any]:
    """The active people with an address to whom the part, and what is above it, is open."""
    people = get_user_model().objects.filter(is_active=True).exclude(email="")
    for restriction in part.get_view_restrictions():
        people = _let_through(restriction, people)
    return people


def _let_through(restriction: PageViewRestriction, people: QuerySet[Any]) -> QuerySet[Any]:
    if restriction.restriction_type == PageViewRestriction.LOGIN:
        return people
    if restriction.restriction_type == PageViewRestriction.GROUPS:
        groups = get_user_model().groups.through.objects.filter(user=OuterRef("pk"), group__in=restriction.groups.all())
        return people.filter(Exists(groups)) | people.filter(is_superuser=True)
    return people.none()
