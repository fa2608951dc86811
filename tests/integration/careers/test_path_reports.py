"""How paths fare: for groups only, without names, in a list and one by one."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from careers.models import Completion, Enrolment
from careers.reports.paths import standings, step_reaches
from tests.factories.accounts import AdminFactory, PersonFactory, browser_of
from tests.factories.careers import ArticlePageFactory, LearningPathPageFactory
from tests.queries import assert_constant_queries, fetch

pytestmark = pytest.mark.django_db

PATHS = "/admin/reports/paths/"
NOW = timezone.now()
LONG_AGO = NOW - timedelta(days=200)


def followers(path, count: int, *, started=LONG_AGO, days: int | None = None, done=()) -> list[User]:
    """People who follow the path, who took so many days to finish it, and have done these pages."""
    people = User.objects.bulk_create(
        User(email=f"{uuid4().hex}@example.org", name="Unmistakable") for _n in range(count)
    )
    finished = None if days is None else started + timedelta(days=days, hours=3)
    Enrolment.objects.bulk_create(
        Enrolment(person=person, path=path, started_at=started, finished_at=finished) for person in people
    )
    Completion.objects.bulk_create(
        Completion(person=person, page_id=page.pk, completed_at=started) for person in people for page in done
    )
    return people


@pytest.fixture
def articles():
    return ArticlePageFactory.create_batch(3)


@pytest.fixture
def path(articles):
    first, second, third = articles
    return LearningPathPageFactory(title="Begin well", stages=[[first, (second, {"required": False})], [third]])


@pytest.fixture
def editor():
    return browser_of(PersonFactory(groups=["Editors"]))


def address(path) -> str:
    return reverse("careers_path_report", args=[path.pk])


def told(path) -> tuple[str, str, str, str]:
    standing = standings([path.pk], now=NOW)[path.pk]
    return str(standing.enrolled), str(standing.active), str(standing.finished), standing.median_words


def test_a_path_tells_how_many_follow_it_go_on_and_finish(path):
    followers(path, 12)
    followers(path, 6, started=NOW - timedelta(days=3))
    followers(path, 7, days=20)
    followers(LearningPathPageFactory(), 40, days=3)

    assert told(path) == ("25–29", "5–9", "5–9", "20 days")


def test_somebody_who_did_a_step_lately_is_active_and_one_who_did_something_else_is_not(path, articles):
    people, others = followers(path, 5), followers(path, 5)
    for person in people:
        Completion.objects.create(person=person, page_id=articles[0].pk, completed_at=NOW)
    for person in others:
        Completion.objects.create(person=person, page_id=ArticlePageFactory().pk, completed_at=NOW)

    assert told(path)[:2] == ("10–14", "5–9")


def test_of_fewer_than_five_people_nothing_is_told_but_that(path):
    followers(path, 4, days=10)

    assert told(path) == ("fewer than 5", "None", "None", "")


@pytest.mark.parametrize(("finishers", "words"), [(4, ""), (5, "8 days")])
def test_the_median_needs_five_finishers(path, finishers, words):
    followers(path, 20)
    followers(path, finishers, days=8)

    assert told(path)[3] == words


def test_the_median_is_the_middle_one_of_all_finishers_in_whole_days(path):
    for days in (1, 2, 3, 50, 400):
        followers(path, 1, days=days)
    assert told(path)[3] == "3 days"


def test_a_clock_that_went_backwards_is_no_negative_time(path):
    followers(path, 5, days=-2)
    assert told(path)[3] == "less than a day"


def test_each_step_tells_how_many_of_the_paths_people_have_done_it(path, articles):
    followers(path, 8, done=articles[:2])
    followers(path, 7, done=articles[:1])
    for person in followers(LearningPathPageFactory(), 30):
        Completion.objects.create(person=person, page_id=articles[2].pk)

    assert [(reach.number, str(reach.done), reach.required) for reach in step_reaches(path)] == [
        (1, "15–19", True),
        (2, "5–9", False),
        (3, "fewer than 5", True),
    ]


def test_the_report_shows_a_chart_and_the_same_in_a_table(path, articles, editor):
    followers(path, 12, done=articles[:1])

    page = editor.get(address(path)).content.decode()

    assert page.count('role="img"') == 2
    assert page.count("<desc") == 2
    assert page.count("10–14") >= 4
    assert "The steepest fall is before" in page
    assert "Unmistakable" not in page
    assert "style=" not in page[page.index("report-chart") : page.index("</svg>")]


def test_a_report_of_too_few_people_says_why_it_is_empty(path, editor):
    followers(path, 4)
    page = editor.get(address(path)).content.decode()
    assert "Fewer than 5 people follow this path" in page
    assert "<svg viewBox" not in page


def test_a_title_is_shown_as_it_was_typed(editor):
    path = LearningPathPageFactory(title="<b>x</b>", stages=[[ArticlePageFactory(title="</text><script>1</script>")]])
    followers(path, 6)
    page = editor.get(address(path)).content.decode()
    assert "<script>1" not in page
    assert "<b>x</b>" not in page


def test_a_step_that_is_not_published_is_told_of_and_said_to_be_so(path, articles, editor):
    articles[0].unpublish()
    followers(path, 6)
    assert "not published" in editor.get(address(path)).content.decode()


def test_a_step_whose_page_was_deleted_is_still_told_of(path, articles, editor):
    followers(path, 6, done=articles)
    articles[0].delete()
    page = editor.get(address(path)).content.decode()
    assert '<span class="report-tag">deleted</span>' in page
    assert articles[0].title in page


def test_a_path_without_steps_has_a_report(editor):
    path = LearningPathPageFactory(stages=[])
    followers(path, 6)
    assert editor.get(address(path)).status_code == 200


@pytest.mark.parametrize("pk", [987_654, 10**30])
def test_a_path_that_is_not_there_has_none(pk, editor):
    assert editor.get(f"{PATHS}{pk}/").status_code == 404


def test_the_list_and_each_report_can_be_downloaded(path, articles, editor):
    articles[0].title = "=1+1"
    articles[0].save()
    followers(path, 12, days=4, done=articles)

    all_paths = b"".join(editor.get(PATHS, {"export": "csv"}).streaming_content).decode()
    one_path = b"".join(editor.get(address(path), {"export": "csv"}).streaming_content).decode()

    assert "Begin well,10–14,fewer than 5,10–14,4 days" in all_paths
    assert "Enrolled,,,10–14" in one_path
    assert "'=1+1,Stage 1,yes,10–14" in one_path


def test_a_download_tells_no_more_than_the_page(path, articles, editor):
    followers(path, 4, done=articles)
    one_path = b"".join(editor.get(address(path), {"export": "csv"}).streaming_content).decode()
    assert one_path.splitlines()[1:] == ["Enrolled,,,fewer than 5"]


def test_the_list_can_be_narrowed_to_an_area_and_leads_to_each_report(path, editor):
    other = LearningPathPageFactory(title="Another one")
    area = path.areas.first()
    other.areas.set([])
    other.save()

    page = editor.get(PATHS, {"areas": area.pk}).content.decode()

    assert address(path) in page
    assert "Another one" not in page


@pytest.mark.parametrize(
    ("groups", "status"), [(["Editors"], 200), (["Moderators"], 200), (["Video producers"], 302), ([], 302)]
)
def test_reports_are_for_those_who_look_after_content(path, groups, status):
    browser = browser_of(PersonFactory(groups=groups))
    assert [browser.get(PATHS).status_code, browser.get(address(path)).status_code] == [status, status]


def test_the_report_is_offered_where_the_path_is_edited_and_listed(path):
    admin = browser_of(AdminFactory())
    for place in (f"/admin/pages/{path.pk}/edit/", f"/admin/pages/{path.get_parent().pk}/"):
        assert address(path) in admin.get(place).content.decode(), place
    elsewhere = admin.get(f"/admin/pages/{ArticlePageFactory().pk}/edit/").content.decode()
    assert not re.search(r"/admin/reports/paths/\d", elsewhere)


def test_the_list_costs_the_same_however_many_paths(editor):
    def grow(count: int) -> None:
        for _n in range(count):
            followers(LearningPathPageFactory(stages=[]), 1, days=2)

    assert_constant_queries(fetch(PATHS, editor), grow, rows=1, at_most=25)


def test_a_report_costs_the_same_however_many_people_and_steps(path, articles, editor):
    assert_constant_queries(
        fetch(address(path), editor), lambda count: followers(path, count * 3, days=2, done=articles), at_most=25
    )
