"""Listings of one type of page, with the columns that an editor chooses by. Each floor registers its own types:

listings.register(ArticleListing())
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.choose_parent import ChooseParentView
from wagtail.admin.views.pages.listing import IndexView, PageFilterSet
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.pages import PageListingViewSet

from home.desk.page_needs import require_editing
from home.makers import makers_of
from home.models import Area, ContentPage, PageReview

#: What a column shows, for the pages of one screen: ids → values, in a constant number of queries.
Values = Callable[[Sequence[int]], Mapping[int, Any]]
DUE, NOT_DUE = "due", "not-due"


class ContentFilterSet(PageFilterSet):
    areas = django_filters.ModelMultipleChoiceFilter(
        label=_("Area"), queryset=Area.objects.all(), widget=CheckboxSelectMultiple
    )
    live = django_filters.BooleanFilter(label=_("Published"))
    review = django_filters.ChoiceFilter(
        label=_("Review date"),
        method="by_review",
        choices=[(DUE, _("Overdue")), (NOT_DUE, _("Not overdue"))],
    )

    class Meta:
        model = ContentPage
        fields: ClassVar[list[str]] = []

    def by_review(self, pages: QuerySet[Any], _name: str, wanted: str) -> QuerySet[Any]:
        overdue = PageReview.objects.filter(review_by__lte=timezone.localdate()).values("page")
        return pages.filter(pk__in=overdue) if wanted == DUE else pages.exclude(pk__in=overdue)


class FactColumn(Column):
    """Shows what `values` says of each page of the screen; asked once for all of them."""

    def __init__(self, name: str, *, values: Values, **kwargs: Any) -> None:
        super().__init__(name, **kwargs)
        self.values = values

    def get_value(self, instance: Any) -> Any:
        return instance.facts.get(self.name, "")


class ContentIndexView(IndexView):
    def annotate_queryset(self, pages: QuerySet[Any]) -> QuerySet[Any]:
        found: QuerySet[Any] = super().annotate_queryset(pages.prefetch_related("areas"))
        return found

    def get_table(self, object_list: Any) -> Any:
        pages = list(object_list)
        ids = [page.pk for page in pages]
        facts = {column.name: column.values(ids) for column in self.columns if isinstance(column, FactColumn)}
        for page in pages:
            page.facts = {name: values[page.pk] for name, values in facts.items() if page.pk in values}
        return super().get_table(pages)


def review_days(ids: Sequence[int]) -> dict[int, str]:
    rows = PageReview.objects.filter(page__in=ids).exclude(review_by=None).values_list("page", "review_by")
    return {page: date_format(day, "SHORT_DATE_FORMAT") for page, day in rows if day}


def names_of_makers(ids: Sequence[int]) -> dict[int, str]:
    return {page: ", ".join(person.name for person in people) for page, people in makers_of(ids).items()}


#: Columns that a narrow screen has no room for.
MINOR = "desk-minor"
TITLE = [
    BulkActionsColumn("bulk_actions"),
    PageTitleColumn("title", label=_("Title"), sort_key="title", classname="title", width="30%"),
    Column(
        "areas",
        label=_("Areas"),
        classname=MINOR,
        accessor=lambda page: ", ".join(area.title for area in page.areas.all()),
    ),
]
MAKERS = FactColumn("makers", label=_("By"), values=names_of_makers)
STATE = [
    Column("minutes", label=_("Minutes"), sort_key="minutes", classname=MINOR),
    FactColumn("review", label=_("Review by"), values=review_days),
    DateColumn("last_published_at", label=_("Published"), sort_key="last_published_at", classname=MINOR),
    PageStatusColumn("status", label=_("Status"), sort_key="live"),
]


class ContentParentView(ChooseParentView):
    """Wagtail's own asks nobody whether they may add a page at all."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        require_editing(request.user)
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)
        return answer


class ContentListing(PageListingViewSet):
    """A flat listing of one type; a subclass says which, and may say more columns and filters."""

    index_view_class = ContentIndexView
    choose_parent_view_class = ContentParentView
    columns: ClassVar[list[Any]] = [*TITLE, MAKERS, *STATE]
    filterset_class = ContentFilterSet
    ordering = "-latest_revision_created_at"


_listings: list[ContentListing] = []


def register(*listings: ContentListing) -> None:
    _listings.extend(listings)


class ContentGroup(ViewSetGroup):
    """Everything that was registered, in one menu."""

    menu_label = _("Content")
    menu_icon = "doc-full"
    menu_name = "content"
    menu_order = 120

    def __init__(self) -> None:
        self.items = tuple(_listings)
        super().__init__()
