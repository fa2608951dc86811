"""Lists of content with filters that are plain links: the library, an area and the search share this.

A list costs the same number of queries however long it is, and never counts further than it must: the number of
pages is known up to `PAGES_AHEAD` after the one that is shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from taggit.models import Tag

from home.models import Area, ContentKind, ContentPage
from home.querysets import LENGTHS

PAGE_SIZE = 12
PAGES_AHEAD = 10
LAST_PAGE = 500
TAGS_SHOWN = 12
VALUE_SHOWN = 40

LENGTH_LABELS = {
    "short": gettext_lazy("Up to 5 minutes"),
    "medium": gettext_lazy("5 to 15 minutes"),
    "long": gettext_lazy("More than 15 minutes"),
}
GROUP_LABELS = {
    "area": gettext_lazy("Area"),
    "kind": gettext_lazy("Kind"),
    "length": gettext_lazy("Length"),
    "tag": gettext_lazy("Tag"),
}


@dataclass(frozen=True)
class Option:
    label: str
    url: str
    active: bool


@dataclass(frozen=True)
class Facet:
    name: str
    label: str
    options: list[Option]


@dataclass(frozen=True)
class ActiveFilter:
    label: str
    remove_url: str


@dataclass(frozen=True)
class PageLink:
    number: int
    url: str
    current: bool


class BoundedPaginator(Paginator):
    """Counts rows only as far as `PAGES_AHEAD` pages after the one asked for."""

    def __init__(self, rows: Any, per_page: int, *, asked: int) -> None:
        super().__init__(rows, per_page)
        self.bound = min(asked + PAGES_AHEAD, LAST_PAGE) * per_page

    @cached_property
    def count(self) -> int:
        return int(self.object_list.order_by()[: self.bound].count())  # type: ignore[attr-defined]

    @property
    def is_bounded(self) -> bool:
        """Whether there may be more rows than were counted."""
        return self.count >= self.bound


class Listing:
    """One page of a list of content, as the parameters of a request ask for it.

    `rows` is any ContentPage queryset; the listing itself adds `visible()`, `newest()` (unless `keep_order`) and
    `for_cards()`. Parameters: `area`, `tag` (slugs), `kind`, `length` (short, medium, long) and `page`. A value that
    does not exist gives an empty list whose filter can be taken away; a page beyond the last gives the last.

    `kinds` are the kinds offered; `within` is the area whose own page this is; `without` names filters that make no
    sense here; `keep` names further parameters that every link carries on (`("q",)` on the search page).

    For templates:

    - `area`: the one that all pages shown belong to, if any
    - `page_obj`: django.core.paginator.Page of ContentPage; `count` and `has_more_than_count` (“120 or more”)
    - `facets`: [{name, label, options: [{label, url, active}]}]; the link of an active option takes it away
    - `active`: [{label, remove_url}]; `clear_url`: without any filter
    - `pages`: [{number, url, current}], `previous_url`, `next_url` (empty when there is none)
    """

    def __init__(
        self,
        rows: Any,
        request: HttpRequest,
        *,
        kinds: Iterable[str] = ContentKind.values,
        within: Area | None = None,
        without: Iterable[str] = (),
        keep: Sequence[str] = (),
        keep_order: bool = False,
        page_size: int = PAGE_SIZE,
    ) -> None:
        self.request = request
        self.kinds = [ContentKind(kind) for kind in kinds]
        self.within = within
        self.names = [name for name in GROUP_LABELS if name not in {*without, *(("area",) if within else ())}]
        self.values = {name: value for name in self.names if (value := request.GET.get(name, "").strip())}
        self.kept = {name: request.GET[name] for name in keep if request.GET.get(name)}
        self.page_size = page_size
        filtered = self._filter(rows.visible().in_area(within) if within else rows.visible())
        self.rows = (filtered if keep_order else filtered.newest()).for_cards()

    @cached_property
    def page_obj(self) -> Page:
        asked = _page_number(self.request.GET)
        return BoundedPaginator(self.rows, self.page_size, asked=asked).get_page(asked)

    @property
    def count(self) -> int:
        return self.page_obj.paginator.count

    @property
    def has_more_than_count(self) -> bool:
        return self.page_obj.paginator.is_bounded  # type: ignore[attr-defined]

    # Filters ---------------------------------------------------------------------------------------------------

    @cached_property
    def areas(self) -> list[Area]:
        return list(Area.objects.all())

    @cached_property
    def area(self) -> Area | None:
        if not (slug := self.values.get("area")):
            return self.within
        return next((area for area in self.areas if area.slug == slug), None)

    @cached_property
    def tag(self) -> Tag | None:
        return Tag.objects.filter(slug=self.values["tag"]).first() if self.values.get("tag") else None

    def _filter(self, rows: Any) -> Any:
        steps: dict[str, Callable[[Any, str], Any]] = {
            "area": lambda rows, _value: rows.in_area(self.area) if self.area else rows.none(),
            "kind": lambda rows, value: rows.filter(kind=value),
            "length": lambda rows, value: rows.of_length(value) if value in LENGTHS else rows.none(),
            "tag": lambda rows, _value: rows.filter(tagged_items__tag=self.tag) if self.tag else rows.none(),
        }
        for name, value in self.values.items():
            rows = steps[name](rows, value)
        return rows

    def _choices(self, name: str) -> Iterator[tuple[str, str]]:
        match name:
            case "area":
                yield from ((area.slug, area.local.title) for area in self.areas)
            case "kind":
                yield from ((kind.value, str(kind.label)) for kind in self.kinds)
            case "length":
                yield from ((value, str(label)) for value, label in LENGTH_LABELS.items())
            case "tag":
                yield from self._tags()

    def _tags(self) -> Iterator[tuple[str, str]]:
        """The tag that is chosen, then those that the pages shown carry most."""
        if self.tag:
            yield self.tag.slug, self.tag.name
        pages = [page.pk for page in self.page_obj]
        through = ContentPage.tags.through.objects.filter(content_object__in=pages)
        counted = Counter(through.values_list("tag__slug", "tag__name"))
        common = sorted(counted, key=lambda tag: (-counted[tag], tag))
        yield from [tag for tag in common if tag[0] != self.values.get("tag")][:TAGS_SHOWN]

    @cached_property
    def facets(self) -> list[Facet]:
        facets = [Facet(name, str(GROUP_LABELS[name]), self._options(name)) for name in self.names]
        return [facet for facet in facets if len(facet.options) > 1 or any(option.active for option in facet.options)]

    def _options(self, name: str) -> list[Option]:
        chosen = self.values.get(name)
        return [
            Option(label, self._url({name: "" if value == chosen else value}), value == chosen)
            for value, label in self._choices(name)
        ]

    @cached_property
    def active(self) -> list[ActiveFilter]:
        chosen = {facet.name: option.label for facet in self.facets for option in facet.options if option.active}
        return [
            ActiveFilter(chosen.get(name) or _("unknown: %s") % value[:VALUE_SHOWN], self._url({name: ""}))
            for name, value in self.values.items()
        ]

    # Links -----------------------------------------------------------------------------------------------------

    def _url(self, changes: dict[str, str] | None = None, page: int = 1) -> str:
        query = QueryDict(mutable=True)
        query.update({name: value for name, value in (self.kept | self.values | (changes or {})).items() if value})
        if page > 1:
            query["page"] = str(page)
        return f"{self.request.path}?{query.urlencode()}" if query else self.request.path

    @property
    def clear_url(self) -> str:
        return self._url(dict.fromkeys(self.values, ""))

    @property
    def pages(self) -> list[PageLink]:
        """Links to the pages around this one; none when all fits on one."""
        shown = self.page_obj
        last = shown.paginator.num_pages
        if last == 1:
            return []
        near = range(max(1, shown.number - 2), min(last, shown.number + 2) + 1)
        return [PageLink(number, self._url(page=number), number == shown.number) for number in sorted({1, *near})]

    @property
    def previous_url(self) -> str:
        return self._url(page=self.page_obj.number - 1) if self.page_obj.has_previous() else ""

    @property
    def next_url(self) -> str:
        return self._url(page=self.page_obj.number + 1) if self.page_obj.has_next() else ""


def _page_number(parameters: QueryDict) -> int:
    """The page asked for, between 1 and LAST_PAGE; anything that is no number asks for the first."""
    text = parameters.get("page", "1")
    return max(1, min(int(text), LAST_PAGE)) if text.isascii() and text.isdigit() and len(text) < 10 else 1
