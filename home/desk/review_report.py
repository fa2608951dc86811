"""The report of review dates: what was to be looked at again, and what will be."""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn

from home.desk.page_needs import editable_by
from home.desk.reports import EditorsReport
from home.desk.reviewing import review_address
from home.models import ContentKind, PageReview

OVERDUE, AHEAD, NEVER = "overdue", "ahead", "never"


class ReviewFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"),
        method="in_state",
        choices=[
            (OVERDUE, gettext_lazy("Overdue")),
            (AHEAD, gettext_lazy("Ahead")),
            (NEVER, gettext_lazy("Never to be looked at")),
        ],
    )
    kind = django_filters.ChoiceFilter(label=gettext_lazy("Kind"), field_name="page__kind", choices=ContentKind.choices)

    class Meta:
        model = PageReview
        fields: ClassVar[list[str]] = []

    def in_state(self, rows: QuerySet[PageReview], _name: str, state: str) -> QuerySet[PageReview]:
        today = timezone.localdate()
        if state == NEVER:
            return rows.filter(review_by=None)
        return rows.filter(review_by__lte=today) if state == OVERDUE else rows.filter(review_by__gt=today)


def day_of(row: PageReview) -> str:
    """A day that may be to come, which Wagtail's own column would call “just now”."""
    if not row.review_by:
        return _("Never")
    day = date_format(row.review_by, "DATE_FORMAT")
    return _("%(day)s, overdue") % {"day": day} if row.review_by <= timezone.localdate() else day


class ReviewReport(EditorsReport):
    model = PageReview
    page_title = gettext_lazy("Review dates")
    header_icon = "history"
    index_url_name = "desk_reviews"
    index_results_url_name = "desk_reviews_results"
    filterset_class = ReviewFilterSet
    default_ordering = ("review_by", "pk")
    columns: ClassVar[list[Column]] = [
        TitleColumn(
            "page",
            label=gettext_lazy("Page"),
            accessor="page.title",
            get_url=lambda row: review_address(row.page_id),
        ),
        Column("kind", label=gettext_lazy("Kind"), accessor="page.get_kind_display"),
        Column("owner", label=gettext_lazy("Owner"), accessor=lambda row: row.page.owner or ""),
        Column("review_by", label=gettext_lazy("Look at it again by"), accessor=day_of, sort_key="review_by"),
        DateColumn("reviewed_at", label=gettext_lazy("Last said to be right"), sort_key="reviewed_at"),
        Column("reviewed_by", label=gettext_lazy("By"), accessor=lambda row: row.reviewed_by or ""),
    ]
    list_export: ClassVar[list[str]] = ["page.title", "page.get_kind_display", "page.owner", "review_by", "reviewed_at"]
    export_headings: ClassVar[dict[str, Any]] = {
        "page.title": gettext_lazy("Page"),
        "page.get_kind_display": gettext_lazy("Kind"),
        "page.owner": gettext_lazy("Owner"),
    }

    def get_base_queryset(self) -> QuerySet[PageReview]:
        mine = editable_by(self.request.user).order_by().values("pk")
        rows = PageReview.objects.filter(page__in=mine, page__live=True)
        return rows.select_related("page__owner", "reviewed_by")

    def get_filename(self) -> str:
        return "review-dates"
