"""Queries over content pages, named for the screens that need them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.db.models.functions import Left, Length
from wagtail.models import PageManager, PageQuerySet, PageViewRestriction

from home import languages
from home.images import COVER_IMAGE_SPECS

if TYPE_CHECKING:
    from home.models import Area

LENGTHS: dict[str, Q] = {
    "short": Q(minutes__lte=5),
    "medium": Q(minutes__gt=5, minutes__lte=15),
    "long": Q(minutes__gt=15),
}


def unrestricted() -> Q:
    """The condition that neither a page nor one above it is private: `public()` without a query of its own."""
    above = PageViewRestriction.objects.filter(page__path=Left(OuterRef("path"), Length("page__path")))
    return ~Q(Exists(above))


def admitting(person: Any) -> Q:
    """The condition that no restriction of a page, or of one above it, turns away somebody who is signed in.

    A shared password is met by nobody: the portal offers none. An alias is as closed as its source.
    """
    groups, login = PageViewRestriction.GROUPS, PageViewRestriction.LOGIN
    own = PageViewRestriction.groups.through.objects.filter(
        pageviewrestriction=OuterRef("pk"), group__in=person.groups.values("pk")
    )
    met = Q(restriction_type=groups) if person.is_superuser else Q(restriction_type=groups) & Q(Exists(own))
    refusing = PageViewRestriction.objects.exclude(restriction_type=login).filter(~met)
    here = refusing.filter(page__path=Left(OuterRef("path"), Length("page__path")))
    source = refusing.filter(page__path=Left(OuterRef("alias_of__path"), Length("page__path")))
    return ~Q(Exists(here)) & ~Q(Exists(source))


class ContentPageQuerySet(PageQuerySet):
    def visible(self) -> Self:
        """Pages that anybody may see."""
        return self.live().filter(unrestricted())

    def open_to(self, person: Any) -> Self:
        """Pages that a person who is signed in may see."""
        return self.live().filter(admitting(person))

    def in_language(self, code: str = "") -> Self:
        """Pages in the language of that code, or else in the active one."""
        return self.filter(locale__language_code=languages.content_language(code) if code else languages.active())

    def newest(self) -> Self:
        return self.order_by("-published_on", "-pk")

    def for_cards(self) -> Self:
        """All that a card shows, in a constant number of queries."""
        from home.models import CustomImage

        covers = CustomImage.objects.prefetch_renditions(*COVER_IMAGE_SPECS)
        return self.prefetch_related(Prefetch("cover", covers), "areas")

    def in_area(self, area: Area) -> Self:
        return self.filter(areas=area)

    def of_length(self, length: str) -> Self:
        return self.filter(LENGTHS[length])

    def published_since(self, day: date) -> Self:
        return self.filter(published_on__gte=day)


ContentPageManager = PageManager.from_queryset(ContentPageQuerySet)
