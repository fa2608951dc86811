"""Review dates: when they come, who is reminded, and what saying "still right" does."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.groups import DIGEST_EDITORS, EDITORS
from home.desk.at_once import read_so_far
from home.desk.review_needs import stale_pages
from home.desk.reviewing import remind
from home.models import PageReview
from home.tasks import remind_of_reviews
from jobs.models import Notice
from tests.factories.accounts import AdminFactory, PersonFactory, browser_of
from tests.factories.careers import ArticlePageFactory, ResourcePageFactory
from tests.factories.home import HomePageFactory
from tests.queries import assert_constant_queries, fetch

pytestmark = pytest.mark.django_db

REPORT = reverse("desk_reviews")
TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _today():
    HomePageFactory()
    with time_machine.travel("2026-11-24T12:00:00Z", tick=False):
        yield


@pytest.fixture
def editor():
    return PersonFactory(groups=[EDITORS])


def stale(*, days=1, **fields):
    page = ArticlePageFactory(**fields)
    PageReview.objects.create(page=page, review_by=TODAY - timedelta(days=days))
    return page


def publish(page):
    page.save_revision().publish()
    return PageReview.objects.get(page=page)


def test_what_is_published_is_looked_at_again_after_its_kinds_period():
    assert publish(ArticlePageFactory()).review_by == TODAY + timedelta(days=365)
    assert publish(ResourcePageFactory()).review_by == TODAY + timedelta(days=182)
    assert publish(ArticlePageFactory(form="interview")).review_by is None


def test_publishing_again_moves_the_date_but_not_one_that_somebody_chose(editor):
    page = stale()
    assert publish(page).review_by == TODAY + timedelta(days=365)

    PageReview.objects.filter(page=page).update(review_by=TODAY + timedelta(days=3), by_hand=True)

    assert publish(page).review_by == TODAY + timedelta(days=3)


def test_still_right_sets_the_next_date_and_says_who(editor):
    page = stale()

    answer = browser_of(editor).post(reverse("desk_review", args=[page.pk]), {"still_right": ""})

    review = PageReview.objects.get(page=page)
    assert answer.status_code == 302
    assert (review.review_by, review.reviewed_by) == (TODAY + timedelta(days=365), editor)
    assert stale_pages(editor).lines == []


@pytest.mark.parametrize(("typed", "kept"), [("2027-01-31", date(2027, 1, 31)), ("", None)])
def test_another_date_is_set_by_hand_and_none_means_never(editor, typed, kept):
    page = stale()

    browser_of(editor).post(reverse("desk_review", args=[page.pk]), {"review_by": typed})

    assert PageReview.objects.get(page=page).review_by == kept


@pytest.mark.parametrize("second", [{"still_right": ""}, {"review_by": "2028-01-31"}])
def test_a_date_that_somebody_set_is_not_undone_by_who_has_an_older_page_open(editor, second):
    page = stale()
    address = reverse("desk_review", args=[page.pk])
    browser, seen = browser_of(editor), read_so_far(page)
    browser_of(PersonFactory(name="Hannah Sinclair", groups=["Editors"])).post(
        address, {"review_by": "2027-01-31", "seen": seen}
    )

    answer = browser.post(address, {**second, "seen": seen})

    assert PageReview.objects.get(page=page).review_by == date(2027, 1, 31)
    assert "Hannah Sinclair was quicker" in answer.content.decode()
    browser.post(address, {**second, "seen": answer.context["seen"]})
    assert PageReview.objects.get(page=page).review_by != date(2027, 1, 31)


def test_what_is_no_date_is_refused(editor):
    page = stale()

    answer = browser_of(editor).post(reverse("desk_review", args=[page.pk]), {"review_by": "soon"})

    assert answer.status_code == 422


def test_who_may_not_change_the_page_may_not_say_that_it_is_right():
    page = stale()
    for person, status in ((None, 302), (PersonFactory(groups=[DIGEST_EDITORS]), 302)):
        assert browser_of(person).post(reverse("desk_review", args=[page.pk])).status_code == status
    assert PageReview.objects.get(page=page).reviewed_at is None


def test_the_owner_is_reminded_once_for_each_date(editor):
    page = stale(owner=editor, title="Salary talks")
    stale(owner=editor, live=False)

    remind_of_reviews()
    remind_of_reviews()

    [notice] = Notice.objects.filter(recipient=editor)
    assert "Salary talks" in notice.title
    assert notice.url == reverse("desk_review", args=[page.pk])

    PageReview.objects.filter(page=page).update(review_by=TODAY - timedelta(days=0))
    remind()
    assert Notice.objects.filter(recipient=editor).count() == 2


def test_who_has_left_is_not_reminded_but_who_changed_it_last_is(editor):
    gone = PersonFactory(groups=[EDITORS], is_active=False)
    page = stale(owner=gone)
    page.save_revision(user=editor)

    remind()

    assert [notice.recipient for notice in Notice.objects.all()] == [editor]


def test_a_page_of_nobody_stays_on_the_list_and_is_not_asked_about_for_ever():
    stale(owner=None)

    assert remind() == 1
    assert remind() == 0
    assert len(stale_pages(AdminFactory()).lines) == 1


def test_my_own_pages_come_first(editor):
    stale(title="Older", days=9)
    stale(title="Mine", owner=editor)

    assert [line.title for line in stale_pages(editor).lines] == ["Mine", "Older"]
    assert stale_pages(PersonFactory(groups=[DIGEST_EDITORS])).lines == []


def test_the_report_lists_all_filters_and_costs_the_same_however_many(editor):
    stale(title="Old hat")
    ahead = ArticlePageFactory(title="Fresh")
    PageReview.objects.create(page=ahead, review_by=TODAY + timedelta(days=9), reviewed_at=timezone.now())
    browser = browser_of(editor)

    page = browser.get(REPORT, {"state": "overdue"}).content.decode()

    assert "Old hat" in page
    assert "Fresh" not in page
    assert "Fresh" in browser.get(REPORT).content.decode()
    assert_constant_queries(fetch(REPORT, browser), lambda n: [stale(owner=editor) for _ in range(n)], at_most=40)
