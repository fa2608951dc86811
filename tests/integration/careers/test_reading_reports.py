"""A browser tells how an article is read: what is believed, what is refused, and when the article is done."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from careers import actions
from careers.models import Completion, ReadingProgress
from careers.progress import tickets
from careers.progress.sums import needed_seconds
from tests.factories.accounts import PersonFactory, browser_of
from tests.factories.careers import ArticlePageFactory, LearningPathPageFactory, ResourcePageFactory, body_of

pytestmark = pytest.mark.django_db

NOON = "2026-03-01T12:00:00Z"
MINUTES = 5
NEEDED = needed_seconds(MINUTES)


@pytest.fixture
def person():
    return PersonFactory()


@pytest.fixture
def browser(person):
    return browser_of(person)


@pytest.fixture
def article():
    return ArticlePageFactory(body=body_of(220 * MINUTES - 60))


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def address(page) -> str:
    return reverse("careers:reading", args=[page.pk])


def report(browser, page, ticket, seconds, share=1.0, first=0.0):
    values = {"ticket": ticket, "seconds": seconds, "first": first, "share": share}
    return browser.post(address(page), values)


def is_done(person, page) -> bool:
    return Completion.objects.filter(person=person, page=page.pk, how=Completion.How.READ).exists()


# When it is done -----------------------------------------------------------------------------------------------


def test_the_article_has_the_length_that_these_tests_are_about(article):
    assert article.minutes == MINUTES


def test_reaching_the_end_after_a_plausible_time_completes_the_article(browser, person, article, clock):
    ticket = tickets.issue(person, article)
    clock.shift(NEEDED + 1)

    answer = report(browser, article, ticket, NEEDED + 1)

    assert (answer.status_code, answer.json()) == (200, {"done": True})
    assert is_done(person, article)
    assert ReadingProgress.objects.get().reached_end_at


def test_jumping_to_the_end_completes_nothing(browser, person, article, clock):
    ticket = tickets.issue(person, article)
    clock.shift(5)

    assert report(browser, article, ticket, 5).json() == {"done": False}
    assert not is_done(person, article)


def test_a_long_time_short_of_the_end_completes_nothing(browser, person, article, clock):
    ticket = tickets.issue(person, article)
    clock.shift(3600)

    assert report(browser, article, ticket, 3600, share=0.8).json() == {"done": False}


def test_several_sessions_add_up(browser, person, article, clock):
    for share in (0.5, 1.0):
        ticket = tickets.issue(person, article)
        clock.shift(NEEDED * 0.6)
        answer = report(browser, article, ticket, NEEDED * 0.6, share)
        clock.shift(timedelta(days=1))

    assert answer.json() == {"done": True}


def test_the_server_s_clock_bounds_what_is_told(browser, person, article, clock):
    ticket = tickets.issue(person, article)
    clock.shift(10)

    report(browser, article, ticket, 1e12)

    assert ReadingProgress.objects.get().seconds == pytest.approx(10, abs=0.01)
    assert not is_done(person, article)


def test_many_tabs_at_once_are_one_reader(browser, person, article, clock):
    several = [tickets.issue(person, article) for _tab in range(20)]
    clock.shift(NEEDED / 4)

    for ticket in several:
        report(browser, article, ticket, NEEDED / 4)

    assert not is_done(person, article)


def test_an_article_that_grows_later_stays_read(browser, person, article, clock):
    ticket = tickets.issue(person, article)
    clock.shift(NEEDED + 1)
    report(browser, article, ticket, NEEDED)
    article.body = body_of(4000)
    article.save()

    clock.shift(60)
    report(browser, article, ticket, NEEDED + 2)

    assert is_done(person, article)


# Taken back ----------------------------------------------------------------------------------------------------


def read_it(browser, person, article, clock, *, first=0.0):
    ticket = tickets.issue(person, article)
    clock.shift(NEEDED + 1)
    report(browser, article, ticket, NEEDED, first=first)
    clock.shift(1)
    return ticket


def test_the_next_report_of_the_same_session_does_not_undo_the_undoing(browser, person, article, clock):
    ticket = read_it(browser, person, article, clock)
    actions.undo(person=person, page=article)

    clock.shift(500)
    report(browser, article, ticket, NEEDED + 500)

    assert not is_done(person, article)


def test_staying_at_the_end_after_taking_back_does_not_complete_it(browser, person, article, clock):
    read_it(browser, person, article, clock)
    actions.undo(person=person, page=article)

    read_it(browser, person, article, clock, first=0.9)

    assert not is_done(person, article)


def test_reading_it_through_once_more_completes_it_again(browser, person, article, clock):
    read_it(browser, person, article, clock)
    actions.undo(person=person, page=article)
    clock.shift(1)

    read_it(browser, person, article, clock)

    assert is_done(person, article)


# In any order --------------------------------------------------------------------------------------------------


def ledger():
    progress = ReadingProgress.objects.get()
    sessions = progress.sessions.order_by("key").values_list("key", "seconds", "first", "share")
    return round(progress.seconds, 3), progress.share, list(sessions), Completion.objects.count()


def test_two_tabs_of_200_reports_shuffled_doubled_and_replayed_come_to_the_same(browser, person, article, clock):
    tabs = [tickets.issue(person, article) for _tab in range(2)]
    reports = [(tab, second, second / 200) for tab in tabs for second in range(1, 101)]
    clock.shift(300)
    for tab, seconds, share in reports:
        report(browser, article, tab, seconds, share)
    wanted = ledger()
    ReadingProgress.objects.all().delete()
    Completion.objects.all().delete()

    for tab, seconds, share in Random(7).sample(reports * 2, len(reports) * 2):
        report(browser, article, tab, seconds, share)
    for tab, seconds, share in reports[:20]:
        report(browser, article, tab, seconds, share)

    assert ledger() == wanted


# What is refused -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["seconds", "first", "share"])
@pytest.mark.parametrize("value", ["-1", "NaN", "inf", "-inf", "", "1e999", "two", "1" * 40, "٣x"])
def test_what_is_no_number_or_negative_is_a_bad_request(name, value, browser, person, article):
    values = {"ticket": tickets.issue(person, article), "seconds": "5", "first": "0", "share": "1", name: value}

    assert browser.post(address(article), values).status_code == 400
    assert not ReadingProgress.objects.exists()


def test_a_share_of_more_than_all_is_all(browser, person, article):
    report(browser, article, tickets.issue(person, article), 1, share=7)

    assert ReadingProgress.objects.get().share == 1


def test_nobody_reads_for_somebody_else(browser, person, article):
    theirs = tickets.issue(PersonFactory(), article)

    assert report(browser, article, theirs, 5).status_code == 403
    assert not ReadingProgress.objects.exists()


def test_a_visitor_has_no_ledger(client, person, article):
    assert report(client, article, tickets.issue(person, article), 5).status_code == 403


def test_a_ticket_is_for_its_own_page(browser, person, article):
    assert report(browser, ArticlePageFactory(), tickets.issue(person, article), 5).status_code == 400


@pytest.mark.parametrize("ticket", ["", "1.2.3.4", "0" * 500, "1.1.1700000000000." + "a" * 32 + ":forged"])
def test_a_ticket_that_is_not_ours_is_a_bad_request(ticket, browser, article):
    assert report(browser, article, ticket, 5).status_code == 400


@pytest.mark.parametrize("shift", [timedelta(days=8), timedelta(days=-1)])
def test_a_ticket_of_another_week_or_of_the_future_is_a_bad_request(shift, browser, person, article, clock):
    ticket = tickets.issue(person, article)
    with time_machine.travel(timezone.now() + shift, tick=False):
        assert report(browser, article, ticket, 5).status_code == 400


@pytest.mark.parametrize("state", ["draft", "private", "unknown", "absurd"])
def test_what_the_person_may_not_see_is_not_found(state, browser, person, article, make_invisible):
    ticket = tickets.issue(person, article)

    url = make_invisible(article, state, "careers:reading")

    assert browser.post(url, {"ticket": ticket, "seconds": 5, "first": 0, "share": 1}).status_code == 404


@pytest.mark.parametrize("factory", [ResourcePageFactory, LearningPathPageFactory])
def test_only_articles_are_read(factory, browser, person):
    page = factory()

    assert report(browser, page, tickets.issue(person, page), 5).status_code == 404


def test_a_report_from_another_site_is_refused(person, article):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(person)

    assert report(strict, article, tickets.issue(person, article), 5).status_code == 403


def test_a_report_costs_the_same_after_many_sessions(browser, person, article, django_assert_max_num_queries):
    for _session in range(10):
        report(browser, article, tickets.issue(person, article), 0, share=0.1)

    with django_assert_max_num_queries(20):
        report(browser, article, tickets.issue(person, article), 1)


# Resources -----------------------------------------------------------------------------------------------------


def test_that_a_resource_was_opened_is_known_and_completes_nothing(browser, person):
    resource = ResourcePageFactory()

    for _time in range(2):
        assert browser.post(reverse("careers:opened", args=[resource.pk])).status_code == 204

    assert ReadingProgress.objects.get().opened_at
    assert not Completion.objects.exists()


@pytest.mark.parametrize("who", ["visitor", "person"])
def test_only_people_open_only_resources(who, client, browser, article):
    asking, page = (client, ResourcePageFactory()) if who == "visitor" else (browser, article)

    answer = asking.post(reverse("careers:opened", args=[page.pk]))

    assert answer.status_code == (403 if who == "visitor" else 404)
