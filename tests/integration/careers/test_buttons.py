"""The buttons that change progress: who may press them, where they lead, what they refuse."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from careers.actions import enrol, mark_done
from careers.models import Completion, Enrolment
from tests.factories.accounts import AdminFactory, PersonFactory, browser_of
from tests.factories.careers import ArticlePageFactory, LearningPathPageFactory

pytestmark = pytest.mark.django_db

BUTTONS = ("enrol", "leave", "done", "undo")
IN_PLACE = {"X-Requested-With": "fetch"}


def page_for(button: str):
    return LearningPathPageFactory() if button in ("enrol", "leave") else ArticlePageFactory()


def address(button: str, page) -> str:
    return reverse(f"careers:{button}", args=[page.pk])


@pytest.fixture
def person():
    return PersonFactory()


@pytest.fixture
def browser(person):
    return browser_of(person)


def nothing_is_written() -> bool:
    return not (Enrolment.objects.exists() or Completion.objects.exists())


# Who -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("button", BUTTONS)
def test_a_visitor_signs_in_first_and_comes_back_to_the_page(button, client):
    page = page_for(button)
    response = client.post(address(button, page), {"next": page.url})
    assert response.status_code == 302
    assert response["Location"] == f"/accounts/login/?next={page.url}"
    assert nothing_is_written()


@pytest.mark.parametrize("factory", [PersonFactory, AdminFactory])
@pytest.mark.parametrize("button", BUTTONS)
def test_everybody_with_an_account_may_press_every_button(button, factory):
    page = page_for(button)
    assert browser_of(factory()).post(address(button, page)).status_code == 302


def test_a_button_only_ever_changes_the_progress_of_who_is_signed_in(browser, person):
    other, article = PersonFactory(), ArticlePageFactory()
    browser.post(address("done", article), {"person": other.pk, "person_id": other.pk})
    assert Completion.objects.get().person == person


@pytest.mark.parametrize("button", BUTTONS)
def test_a_request_from_another_site_is_refused(button, person):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(person)
    assert strict.post(address(button, page_for(button))).status_code == 403
    assert nothing_is_written()


@pytest.mark.parametrize("button", BUTTONS)
def test_looking_changes_nothing(button, browser):
    assert browser.get(address(button, page_for(button))).status_code == 405
    assert nothing_is_written()


# What ----------------------------------------------------------------------------------------------------------


def test_the_buttons_do_what_they_say(browser, person):
    article = ArticlePageFactory()
    path = LearningPathPageFactory(stages=[[article]])
    browser.post(address("enrol", path))
    browser.post(address("done", article))
    assert Enrolment.objects.get(person=person, path=path).finished_at
    browser.post(address("undo", article))
    assert not Completion.objects.exists()
    browser.post(address("leave", path))
    assert not Enrolment.objects.exists()


@pytest.mark.parametrize("button", BUTTONS)
def test_pressing_twice_is_pressing_once(button, browser):
    page = page_for(button)
    assert [browser.post(address(button, page)).status_code for _time in range(2)] == [302, 302]
    assert Enrolment.objects.count() + Completion.objects.count() == (button in ("enrol", "done"))


@pytest.mark.parametrize("button", BUTTONS)
@pytest.mark.parametrize("state", ["draft", "private", "unknown", "absurd"])
def test_what_nobody_may_see_is_not_found(button, state, browser, make_invisible):
    assert browser.post(make_invisible(page_for(button), state, f"careers:{button}")).status_code == 404
    assert nothing_is_written()


@pytest.mark.parametrize("button", ["done", "undo"])
def test_a_path_itself_cannot_be_marked(button, browser):
    assert browser.post(address(button, LearningPathPageFactory())).status_code == 404


@pytest.mark.parametrize("button", ["enrol", "leave"])
def test_only_a_path_can_be_followed(button, browser):
    assert browser.post(address(button, ArticlePageFactory())).status_code == 404


# Where to ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("wanted", ["/learning/", "/library/some-article/", "/paths/?page=2"])
def test_a_button_leads_back_to_where_it_was_pressed(wanted, browser):
    assert browser.post(address("done", ArticlePageFactory()), {"next": wanted})["Location"] == wanted


@pytest.mark.parametrize(
    "wanted",
    ["", "//evil.example", "https://evil.example/", "https:evil.example", "/\\evil.example", "javascript:alert(1)"],
)
def test_a_button_never_leads_away_from_this_site(wanted, browser):
    response = browser.post(address("done", ArticlePageFactory()), {"next": wanted})
    assert response["Location"] == "/learning/"


# In place ------------------------------------------------------------------------------------------------------


def test_in_place_a_path_button_answers_with_the_paths_fragment(browser):
    path = LearningPathPageFactory()
    response = browser.post(address("enrol", path), headers=IN_PLACE)
    assert "Stop following this path" in response.content.decode()
    assert "no-store" in response["Cache-Control"]


def test_in_place_a_page_button_answers_with_the_pages_fragment(browser):
    article = ArticlePageFactory()
    assert "Not done after all" in browser.post(address("done", article), headers=IN_PLACE).content.decode()
    assert "Mark as done" in browser.post(address("undo", article), headers=IN_PLACE).content.decode()


def test_in_place_a_step_marked_on_its_path_answers_with_the_paths_fragment(browser, person):
    first, second = ArticlePageFactory.create_batch(2)
    path = LearningPathPageFactory(stages=[[first, second]])
    enrol(person=person, path=path)
    answer = browser.post(address("done", first), {"path": path.pk}, headers=IN_PLACE).content.decode()
    assert f'data-done-pages="{first.pk}"' in answer


@pytest.mark.parametrize("path", ["-1", "NaN", "1e3", "0", "٣", str(10**30), "1 OR 1=1"])
def test_in_place_a_path_that_is_none_is_not_found_and_the_step_stays_marked(path, browser):
    article = ArticlePageFactory()
    response = browser.post(address("done", article), {"path": path}, headers=IN_PLACE)
    assert response.status_code in (200, 404)
    assert Completion.objects.count() == 1


def test_a_button_costs_the_same_on_a_long_history(browser, person, django_assert_max_num_queries):
    for article in ArticlePageFactory.create_batch(10):
        mark_done(person=person, page=article)
    article = ArticlePageFactory()
    browser.post(address("done", article))
    with django_assert_max_num_queries(17):
        browser.post(address("undo", article))
