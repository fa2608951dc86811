"""The ledger of hours: what a completion was worth on its day, by year and area, and as CSV."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from io import StringIO

import pytest

from careers.actions import mark_done, undo
from careers.credentials.hours import years_of
from careers.models import LearningHours
from home.models import Area
from tests.factories.accounts import PersonFactory, browser_of
from tests.factories.careers import ArticlePageFactory, ResourcePageFactory
from tests.factories.credentials import LearningHoursFactory
from tests.factories.masterclasses import MasterclassPageFactory, PartPageFactory
from tests.queries import assert_constant_queries, fetch

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return PersonFactory(time_zone="Europe/London")


def test_completing_enters_minutes_areas_and_how_once(person):
    page = ResourcePageFactory(effort=95)
    page.areas.set(Area.objects.filter(slug__in=["training", "networking"]))
    page.save()

    mark_done(person=person, page=page)
    mark_done(person=person, page=page)

    entry = LearningHours.objects.get()
    assert (entry.title, entry.minutes, entry.how) == (page.title, 95, "marked")
    assert entry.areas == ["Networking", "Training and development"]


def test_a_page_that_changes_or_goes_changes_no_hours(person):
    page = ResourcePageFactory(effort=95)
    mark_done(person=person, page=page)
    page.effort = 5
    page.save()
    page.delete()

    (year,) = years_of(person)

    assert year.minutes == 95


def test_what_is_taken_back_leaves_the_ledger(person):
    page = ArticlePageFactory()
    mark_done(person=person, page=page)
    undo(person=person, page=page)

    assert years_of(person) == []


def test_a_masterclass_counts_by_its_parts_alone(person):
    masterclass = MasterclassPageFactory()
    parts = PartPageFactory.create_batch(2, parent=masterclass)
    for part in parts:
        mark_done(person=person, page=part)

    assert set(LearningHours.objects.values_list("page", flat=True)) == {part.pk for part in parts}


def test_hours_are_summed_by_year_and_area_in_the_persons_own_days(person):
    LearningHoursFactory(person=person, minutes=30, completed_at=datetime(2025, 12, 31, 23, 30, tzinfo=UTC))
    LearningHoursFactory(person=person, minutes=60, completed_at=datetime(2026, 3, 1, tzinfo=UTC), areas=["A", "B"])
    LearningHoursFactory(person=person, minutes=15, completed_at=datetime(2026, 4, 1, tzinfo=UTC), areas=["B"])
    LearningHoursFactory()

    assert [(year.year, year.minutes) for year in years_of(person)] == [(2026, 75), (2025, 30)]
    assert years_of(person)[0].by_area == [("B", 75), ("A", 60)]
    person.time_zone = "Asia/Tokyo"
    assert [(year.year, year.minutes) for year in years_of(person)] == [(2026, 105)]


def test_the_page_shows_years_areas_and_entries(person):
    LearningHoursFactory(person=person, title="Two offers", minutes=95)

    page = browser_of(person).get("/learning/hours/").content.decode()

    assert "Two offers" in page
    assert "1 h 35 min" in page
    assert "Training" in page


def test_the_table_is_read_back_and_calculates_nothing(person):
    LearningHoursFactory(person=person, title='=HYPERLINK("https://evil.test")', minutes=90, areas=["-A", "B"])

    response = browser_of(person).get("/learning/hours/learning-hours.csv")
    header, row = csv.reader(StringIO(response.content.decode("utf-8-sig")))

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert header[:3] == ["Date", "Title", "Kind"]
    assert row[1] == '\'=HYPERLINK("https://evil.test")'
    assert row[3] == "'-A; B"
    assert row[4:6] == ["90", "1.50"]


def test_hours_cost_the_same_however_many(person):
    def grow(n: int) -> None:
        LearningHoursFactory.create_batch(n, person=person)

    assert_constant_queries(fetch("/learning/hours/", browser_of(person)), grow, at_most=9)


@pytest.mark.parametrize("path", ["/learning/hours/", "/learning/hours/learning-hours.csv", "/learning/certificates/"])
def test_who_is_not_signed_in_is_asked(client, path):
    assert client.get(path)["Location"].startswith("/accounts/login/")
