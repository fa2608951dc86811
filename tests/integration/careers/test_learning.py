"""“My learning” and the personal fragments of public pages."""

from __future__ import annotations

import factory
import pytest
from django.urls import reverse

from careers.actions import enrol, mark_done
from careers.learning.overview import my_learning
from careers.selectors import completed_page_ids, next_steps
from tests.factories.accounts import PersonFactory, browser_of
from tests.factories.careers import (
    ArticlePageFactory,
    CompletionFactory,
    EnrolmentFactory,
    LearningPathPageFactory,
    ResourcePageFactory,
)
from tests.factories.learning import (
    BookmarkFactory,
    NoteFactory,
    PlanSlotFactory,
    ReadingPlaceFactory,
    WeeklyPlanFactory,
)
from tests.factories.masterclasses import PartPageFactory, VideoFactory, WatchPositionFactory
from tests.queries import assert_constant_queries, fetch

pytestmark = pytest.mark.django_db

MY_LEARNING = "/learning/"
FRAGMENTS = ("path_fragment", "page_fragment", "feedback_fragment")


@pytest.fixture
def person():
    return PersonFactory()


@pytest.fixture
def browser(person):
    return browser_of(person)


def text(browser, url: str) -> str:
    response = browser.get(url)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def fragment(name: str, page) -> str:
    return reverse(f"careers:{name}", args=[page.pk])


# My learning ---------------------------------------------------------------------------------------------------


def test_my_learning_asks_who_you_are(client):
    response = client.get(MY_LEARNING)
    assert response.status_code == 302
    assert response["Location"] == "/accounts/login/?next=/learning/"


def test_somebody_new_is_offered_paths_to_begin_with(browser):
    path = LearningPathPageFactory()
    assert path.title in text(browser, MY_LEARNING)


def test_without_any_path_the_page_still_says_what_to_expect(browser):
    assert "No path is open yet" in text(browser, MY_LEARNING)


def test_a_followed_path_shows_its_ring_next_step_and_time_left(browser, person):
    done, to_do = ResourcePageFactory(effort=20), ResourcePageFactory(effort=95)
    path = LearningPathPageFactory(stages=[[done, to_do]])
    enrol(person=person, path=path)
    mark_done(person=person, page=done)
    page = text(browser, MY_LEARNING)
    assert "1 of 2 required steps done" in page
    assert "50%" in page
    assert "1 h 35 min left" in page
    assert f'href="{to_do.url}"' in page


def test_a_finished_path_stays_on_the_page_with_its_day(browser, person):
    path = LearningPathPageFactory(stages=[[article := ArticlePageFactory()]])
    enrol(person=person, path=path)
    mark_done(person=person, page=article)
    page = text(browser, MY_LEARNING)
    assert "Finished on" in page
    assert "The next step of" not in page


def test_the_card_to_go_on_with_is_the_path_that_was_last_active(person):
    older, newer = LearningPathPageFactory.create_batch(2)
    for path in (older, newer):
        enrol(person=person, path=path)
    mark_done(person=person, page=older.public_route()[0].steps[0].page)
    overview = my_learning(person)
    assert overview.go_on_with
    assert overview.go_on_with.path.pk == older.pk
    assert [followed.path.pk for followed in overview.paths] == [older.pk, newer.pk]


def test_what_was_done_last_comes_first(person):
    pages = ArticlePageFactory.create_batch(7)
    for page in pages:
        mark_done(person=person, page=page)
    recent = [done.page.pk for done in my_learning(person).recent]
    assert recent == [page.pk for page in reversed(pages)][:5]


def test_a_path_that_is_taken_down_is_not_shown_and_not_lost(person):
    path = LearningPathPageFactory()
    enrol(person=person, path=path)
    path.unpublish()
    assert my_learning(person).paths == []
    path.save_revision().publish()
    assert len(my_learning(person).paths) == 1


def test_nobody_sees_what_another_person_does(person):
    EnrolmentFactory()
    CompletionFactory()
    overview = my_learning(person)
    assert (overview.paths, overview.recent, completed_page_ids(person)) == ([], [], set())


def test_digests_are_told_the_next_step_of_every_unfinished_path(person):
    pages = ArticlePageFactory.create_batch(3)
    for path in (LearningPathPageFactory(stages=[pages[:2]]), LearningPathPageFactory(stages=[[pages[2]]])):
        enrol(person=person, path=path)
    mark_done(person=person, page=pages[2])
    mark_done(person=person, page=pages[0])
    assert [followed.progress.next_step.page.pk for followed in next_steps(person)] == [pages[1].pk]


def test_my_learning_costs_the_same_however_many_paths(browser, person):
    def grow(n: int) -> None:
        for _number in range(n):
            pages = ArticlePageFactory.create_batch(3)
            enrol(person=person, path=LearningPathPageFactory(stages=[pages[:1], pages[1:]]))
            mark_done(person=person, page=pages[0])

    assert_constant_queries(fetch(MY_LEARNING, browser), grow, at_most=12)


def test_with_everything_on_it_my_learning_takes_twelve_queries_at_most(browser, person):
    """Also with a series among the steps, and with a step that was done and is closed since."""
    plan = WeeklyPlanFactory(person=person)
    PlanSlotFactory.create_batch(3, plan=plan, weekday=factory.Iterator([0, 2, 4]))

    def grow(n: int) -> None:
        for _number in range(n):
            pages = ArticlePageFactory.create_batch(5)
            part = PartPageFactory(video=VideoFactory(duration=1200))
            enrol(person=person, path=LearningPathPageFactory(stages=[pages[:3], [part.get_parent(), *pages[3:]]]))
            mark_done(person=person, page=pages[0])
            mark_done(person=person, page=pages[4])
            pages[4].unpublish()
            WatchPositionFactory(person=person, part=part, seconds=300)
            ReadingPlaceFactory(person=person, page=pages[1])
            BookmarkFactory(person=person, page=pages[2])
            NoteFactory(person=person, page=pages[2])

    assert_constant_queries(fetch(MY_LEARNING, browser), grow, rows=1, at_most=12)
    page = text(browser, MY_LEARNING)
    assert all(words in page for words in ("This week", "Continue", "All bookmarks", "All notes", "All history"))


def test_an_empty_my_learning_costs_no_more(browser):
    assert_constant_queries(fetch(MY_LEARNING, browser), LearningPathPageFactory.create_batch, rows=1, at_most=12)


# One path, as the person's own route ---------------------------------------------------------------------------


def test_the_own_route_marks_every_step_without_scripts(browser, person):
    done, to_do = ArticlePageFactory.create_batch(2)
    path = LearningPathPageFactory(stages=[[done, to_do]])
    mark_done(person=person, page=done)
    page = text(browser, reverse("careers:my_path", args=[path.pk]))
    assert f'action="/learning/pages/{done.pk}/undo/"' in page
    assert f'action="/learning/pages/{to_do.pk}/done/"' in page


# Fragments -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("signed_in", [True, False])
@pytest.mark.parametrize("name", FRAGMENTS)
def test_no_cache_may_keep_a_fragment(name, signed_in, browser, client):
    page = LearningPathPageFactory() if name == "path_fragment" else ArticlePageFactory()
    response = (browser if signed_in else client).get(fragment(name, page))
    assert response.status_code == 200
    assert {"private", "no-store"} <= set(response["Cache-Control"].replace(" ", "").split(","))
    assert "Cookie" in response["Vary"]


@pytest.mark.parametrize("url", [MY_LEARNING, "own route"])
def test_no_cache_may_keep_a_personal_page(url, browser):
    address = reverse("careers:my_path", args=[LearningPathPageFactory().pk]) if url == "own route" else url
    response = browser.get(address)
    assert "no-store" in response["Cache-Control"]
    assert "Cookie" in response["Vary"]


@pytest.mark.parametrize("name", FRAGMENTS)
@pytest.mark.parametrize("state", ["draft", "private", "unknown", "absurd"])
def test_a_fragment_of_what_nobody_may_see_is_not_found(name, state, browser, make_invisible):
    page = LearningPathPageFactory() if name == "path_fragment" else ArticlePageFactory()
    assert browser.get(make_invisible(page, state, f"careers:{name}")).status_code == 404


def test_the_page_fragment_of_a_path_is_not_found(browser):
    assert browser.get(fragment("page_fragment", LearningPathPageFactory())).status_code == 404


@pytest.mark.parametrize("name", FRAGMENTS)
def test_a_fragment_only_answers_reading(name, browser):
    page = LearningPathPageFactory() if name == "path_fragment" else ArticlePageFactory()
    assert browser.post(fragment(name, page)).status_code == 405


def test_a_visitor_is_offered_to_sign_in_and_come_back(client):
    article, path = ArticlePageFactory(), LearningPathPageFactory()
    for name, page in (("page_fragment", article), ("path_fragment", path)):
        assert f'href="/accounts/login/?next={page.url}"' in text(client, fragment(name, page))


def test_the_path_fragment_offers_to_follow_then_shows_ring_next_step_and_marks(browser, person):
    first, second = ArticlePageFactory.create_batch(2)
    path = LearningPathPageFactory(stages=[[first, second]])
    assert "Follow this path" in text(browser, fragment("path_fragment", path))
    enrol(person=person, path=path)
    mark_done(person=person, page=first)
    shown = text(browser, fragment("path_fragment", path))
    assert f'data-done-pages="{first.pk}"' in shown
    assert "50%" in shown
    assert f'<a href="{second.url}">' in shown


def test_the_page_fragment_says_which_step_this_is_and_what_comes_next(browser, person):
    first, second = ArticlePageFactory.create_batch(2)
    path = LearningPathPageFactory(title="Know your market", stages=[[first], [second]])
    enrol(person=person, path=path)
    shown = text(browser, fragment("page_fragment", first))
    assert "Step 1 of 2 in" in shown
    assert "Know your market" in shown
    assert f'href="{second.url}"' in shown


def test_the_page_fragment_says_when_it_was_done_and_offers_to_take_it_back(browser, person):
    article = ArticlePageFactory()
    assert "Mark as done" in text(browser, fragment("page_fragment", article))
    mark_done(person=person, page=article)
    shown = text(browser, fragment("page_fragment", article))
    assert "Mark as done" not in shown
    assert f'action="/learning/pages/{article.pk}/undo/"' in shown


def test_a_fragment_costs_the_same_however_many_paths_have_the_page(browser, person):
    article = ArticlePageFactory()

    def grow(n: int) -> None:
        for _number in range(n):
            enrol(person=person, path=LearningPathPageFactory(stages=[[article, ArticlePageFactory()]]))

    assert_constant_queries(fetch(fragment("page_fragment", article), browser), grow, at_most=12)
