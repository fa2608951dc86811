"""Keeping pages up to date: dates that move, people who are reminded once, and what is overdue."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from home.desk.at_once import refuse_if_changed
from home.desk.review_periods import next_review
from home.models import ContentPage, PageReview
from jobs.models import Notice
from jobs.notices import notify

STILL_RIGHT, SET_DATE = "home.still_right", "home.set_review_date"
REMINDERS_AT_ONCE = 200


def review_address(page_id: int) -> str:
    return reverse("desk_review", args=[page_id])


@transaction.atomic
def still_right(*, page: ContentPage, person: Any, seen: int) -> PageReview:
    """Somebody has looked: the next date is a whole period from today."""
    _refuse_if_changed(page, seen)
    today = timezone.localdate()
    review, _new = PageReview.objects.update_or_create(
        page_id=page.pk,
        defaults={
            "review_by": next_review(page.kind, today),
            "by_hand": False,
            "reviewed_at": timezone.now(),
            "reviewed_by": person,
        },
    )
    log(instance=page, action=STILL_RIGHT, user=person)
    return review


@transaction.atomic
def set_date(*, page: ContentPage, review_by: date | None, person: Any, seen: int) -> None:
    _refuse_if_changed(page, seen)
    PageReview.objects.update_or_create(page_id=page.pk, defaults={"review_by": review_by, "by_hand": True})
    log(instance=page, action=SET_DATE, user=person)


def _refuse_if_changed(page: ContentPage, seen: int) -> None:
    PageReview.objects.select_for_update().filter(page_id=page.pk).first()
    refuse_if_changed(page, seen, lambda entry: entry.action in (STILL_RIGHT, SET_DATE))


def page_was_published(instance: Any, **_signal: Any) -> None:
    """Whoever publishes has looked. A date that somebody chose stays while it is ahead, and so does “never”."""
    if not isinstance(instance, ContentPage):
        return
    today = timezone.localdate()
    following = next_review(instance.kind, today)
    review, is_new = PageReview.objects.get_or_create(page_id=instance.pk, defaults={"review_by": following})
    if not is_new:
        chosen = Q(by_hand=True) & (Q(review_by=None) | Q(review_by__gt=today))
        PageReview.objects.filter(~chosen, pk=review.pk).update(review_by=following, by_hand=False)


def overdue(today: date | None = None) -> QuerySet[PageReview]:
    """Of published pages, the longest overdue first."""
    stale = PageReview.objects.filter(review_by__lte=today or timezone.localdate(), page__live=True)
    return stale.order_by("review_by", "pk")


def remind(today: date | None = None) -> int:
    """Tell the owner of each overdue page, or else who changed it last, once for each date; return how many pages."""
    unsaid = overdue(today).filter(Q(reminded_for=None) | ~Q(reminded_for=F("review_by")))
    rows = list(unsaid.select_related("page__owner", "page__latest_revision__user")[:REMINDERS_AT_ONCE])
    for review in rows:
        _remind(review)
    return len(rows)


@transaction.atomic
def _remind(review: PageReview) -> None:
    page = review.page
    person = next(filter(_is_of_the_desk, (page.owner, page.latest_revision and page.latest_revision.user)), None)
    if person and review.review_by:
        notify(
            subject=page,
            event=f"review {review.review_by}",
            recipient=person,
            title=_("Is “%(page)s” still right?") % {"page": page.title},
            message=_("It was to be looked at again by %(day)s. One click says that it is still right.")
            % {"day": date_format(review.review_by, "DATE_FORMAT")},
            url=review_address(page.pk),
            level=Notice.Level.GOOD,
        )
    PageReview.objects.filter(pk=review.pk).update(reminded_for=review.review_by)


def _is_of_the_desk(person: Any) -> bool:
    return bool(person and person.is_active and person.has_perm("wagtailadmin.access_admin"))
