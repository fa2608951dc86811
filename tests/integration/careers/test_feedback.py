"""“Was this helpful?”, with and without an account, with and without scripts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from careers.models import Feedback
from careers.views.feedback import ANSWERS, BROWSER_COOKIE
from tests.factories.accounts import AdminFactory, PersonFactory, browser_of
from tests.factories.careers import ArticlePageFactory, FeedbackFactory
from tests.queries import assert_constant_queries, fetch

pytestmark = pytest.mark.django_db

IN_PLACE = {"X-Requested-With": "fetch"}
REPORT = "/admin/reports/feedback/"


@pytest.fixture
def article():
    return ArticlePageFactory()


@pytest.fixture
def url(article):
    return reverse("careers:feedback", args=[article.pk])


def test_a_visitor_answers_without_an_account(client, article, url):
    response = client.post(url, {"helpful": "yes", "sentence": "The five shapes."})
    assert response.status_code == 302
    given = Feedback.objects.get()
    assert (given.page.pk, given.helpful, given.sentence, given.person) == (article.pk, True, "The five shapes.", None)
    assert "Thank you" in client.get(response["Location"]).content.decode()


def test_the_cookie_that_remembers_a_browser_is_closed_to_scripts_and_other_sites(client, url):
    cookie = client.post(url, {"helpful": "yes"}).cookies[BROWSER_COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_the_second_answer_of_a_browser_takes_the_place_of_the_first(client, url):
    client.post(url, {"helpful": "yes", "sentence": "Good"})
    client.post(url, {"helpful": "no", "sentence": "On second thoughts"})
    Client().post(url, {"helpful": "yes"})
    assert list(Feedback.objects.order_by("pk").values_list("helpful", "sentence")) == [
        (False, "On second thoughts"),
        (True, ""),
    ]


def test_a_person_answers_once_whatever_the_browser(url):
    person = PersonFactory()
    for helpful in ("yes", "no"):
        browser_of(person).post(url, {"helpful": helpful})
    given = Feedback.objects.get()
    assert (given.person, given.helpful, given.browser_key) == (person, False, "")


def test_a_vote_leaves_the_sentence_that_was_written_before(client, url):
    client.post(url, {"helpful": "yes", "sentence": "Good"})
    client.post(url, {"helpful": "no"})
    given = Feedback.objects.get()
    assert (given.helpful, given.sentence) == (False, "Good")


def test_a_cookie_of_somebodys_own_making_is_not_taken(client, url):
    client.cookies[BROWSER_COOKIE] = "x" * 5000
    client.post(url, {"helpful": "yes"})
    assert len(Feedback.objects.get().browser_key) == 32


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({}, "Choose yes or no."),
        ({"helpful": "perhaps"}, "Select a valid choice"),
        ({"helpful": "yes", "sentence": "x" * 501}, "at most 500 characters"),
        ({"helpful": "yes", "sentence": "a\x00b"}, "Null characters are not allowed"),
    ],
)
def test_a_wrong_answer_is_explained_and_not_stored(data, message, client, url):
    response = client.post(url, data)
    assert response.status_code == 422
    assert message in response.content.decode()
    assert not Feedback.objects.exists()


def test_what_readers_write_is_shown_as_they_wrote_it(client, url):
    client.post(url, {"helpful": "no", "sentence": "<img src=x onerror=alert(1)> {{7*7}}"})
    page = client.get(url).content.decode()
    assert "<img src=x" not in page
    assert "{{7*7}}" in page


def test_in_place_the_answer_is_a_fragment_that_asks_for_a_sentence(client, url):
    answer = client.post(url, {"helpful": "no"}, headers=IN_PLACE)
    assert "What was missing?" in answer.content.decode()
    assert "<html" not in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


def test_one_address_cannot_pour_in_answers(client, url):
    codes = [client.post(url, {"helpful": "yes"}).status_code for _time in range(ANSWERS + 1)]
    assert codes[:-1] == [302] * ANSWERS
    assert codes[-1] == 429
    assert "Retry-After" in client.post(url, {"helpful": "yes"})


def test_a_request_from_another_site_is_refused(url):
    assert Client(enforce_csrf_checks=True).post(url, {"helpful": "yes"}).status_code == 403


@pytest.mark.parametrize("state", ["draft", "private", "unknown", "absurd"])
def test_what_nobody_may_see_cannot_be_judged(state, client, article, make_invisible):
    url = make_invisible(article, state, "careers:feedback")
    assert [client.get(url).status_code, client.post(url, {"helpful": "yes"}).status_code] == [404, 404]


def test_the_answer_stays_when_the_person_leaves(article):
    given = FeedbackFactory(page=article)
    FeedbackFactory(page=article).person.delete()
    given.person.delete()
    assert list(Feedback.objects.values_list("person", flat=True)) == [None, None]


# The editors' report -------------------------------------------------------------------------------------------


def test_editors_read_the_newest_answer_first(article):
    now = timezone.now()
    for days, sentence in ((2, "Two days old"), (0, "Of today"), (1, "Of yesterday")):
        FeedbackFactory(page=article, sentence=sentence, created_at=now - timedelta(days=days))
    page = browser_of(PersonFactory(groups=["Editors"])).get(REPORT).content.decode()
    assert article.title in page
    assert page.index("Of today") < page.index("Of yesterday") < page.index("Two days old")


def test_the_report_can_be_narrowed_to_what_did_not_help(article):
    FeedbackFactory(page=article, sentence="It helped")
    FeedbackFactory(page=article, sentence="It did not", helpful=False)
    page = browser_of(AdminFactory()).get(REPORT, {"helpful": "false"}).content.decode()
    assert "It did not" in page
    assert "It helped" not in page


def test_the_report_can_be_downloaded(article):
    FeedbackFactory(page=article, sentence="Of today")
    response = browser_of(AdminFactory()).get(REPORT, {"export": "csv"})
    assert "Of today" in b"".join(response.streaming_content).decode()


@pytest.mark.parametrize(
    ("groups", "status"), [(["Editors"], 200), (["Moderators"], 200), (["Video producers"], 302), ([], 302)]
)
def test_the_report_is_for_those_who_look_after_content(groups, status):
    assert browser_of(PersonFactory(groups=groups)).get(REPORT).status_code == status


def test_the_report_costs_the_same_however_many_answers(article):
    browser = browser_of(AdminFactory())
    assert_constant_queries(fetch(REPORT, browser), lambda n: FeedbackFactory.create_batch(n, page=article), at_most=25)
