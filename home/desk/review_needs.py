"""Pages that somebody is to look at again, for the home page: one's own first."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from home.desk.needs import SHOWN, Line, Need
from home.desk.page_needs import editable_by
from home.desk.reviewing import overdue, review_address


def stale_pages(person: Any) -> Need:
    today = timezone.localdate()
    rows = overdue(today).filter(page__in=editable_by(person).order_by().values("pk")).select_related("page")
    own_first = Case(When(page__owner=person, then=Value(0)), default=Value(1))
    shown = list(rows.order_by(own_first, "review_by", "pk")[:SHOWN])
    lines = [
        Line(
            title=review.page.title,
            words=_("%(kind)s, to be looked at by %(day)s.")
            % {"kind": review.page.get_kind_display(), "day": date_format(review.review_by or today, "DATE_FORMAT")},
            address=review_address(review.page_id),
            action=_("Look at it"),
        )
        for review in shown
    ]
    total = len(shown) if len(shown) < SHOWN else rows.count()
    address = f"{reverse('desk_reviews')}?state=overdue"
    return Need(_("Pages to look at again"), lines, icon="history", total=total, address=address)
