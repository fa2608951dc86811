"""A practitioner follows a path in a real browser, and an editor reads what a visitor said."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from careers.models import Completion, Enrolment, Feedback
from tests.factories.accounts import PASSWORD, PersonFactory
from tests.factories.careers import ArticlePageFactory, LearningPathPageFactory

pytestmark = pytest.mark.browser


@pytest.fixture
def articles(live_server):
    return [ArticlePageFactory(title=title) for title in ("Five shapes of office", "Reading an advert", "Two offers")]


@pytest.fixture
def path(articles):
    first, *rest = articles
    return LearningPathPageFactory(title="Know your market", stages=[[first], rest])


def sign_in(page: Page, base: str, person, *, then: str) -> None:
    page.goto(f"{base}/accounts/login/?next={then}")
    page.get_by_label("E-mail address").or_(page.get_by_label("Email")).first.fill(person.email)
    page.get_by_label("Password").first.fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"{base}{then}")


def stop(page: Page, article):
    return page.locator(f'.route [data-page="{article.pk}"]')


def test_a_practitioner_follows_a_path_to_its_end(live_server, page, screen, path, articles):
    person = PersonFactory()
    first, second, third = articles

    page.goto(live_server.url + path.url)
    expect(page.get_by_text("to follow this path and keep your place on it")).to_be_visible()
    sign_in(page, live_server.url, person, then=path.url)

    page.get_by_role("button", name="Follow this path").click()
    ring = page.get_by_role("img", name="0 of 3 required steps done")
    expect(ring).to_be_visible()
    page.get_by_role("button", name="Mark as done: Five shapes of office").click()
    expect(page.get_by_role("img", name="1 of 3 required steps done")).to_be_visible()
    expect(stop(page, first)).to_have_class("stop is-done")
    expect(stop(page, first).get_by_text("Done", exact=True)).to_be_visible()
    expect(stop(page, second)).to_have_class("stop is-next")
    expect(page.locator(".stage").nth(0).get_by_text("All done")).to_be_visible()
    expect(page.locator(".stage").nth(1).get_by_text("All done")).to_be_hidden()
    screen(page, "path")

    page.locator("[data-fragment*='/path/']").get_by_role("link", name="Reading an advert").click()
    expect(page.get_by_text("Step 2 of 3 in")).to_be_visible()
    page.get_by_role("button", name="Mark as done").click()
    expect(page.get_by_role("button", name="Not done after all")).to_be_visible()
    screen(page, "article")
    page.get_by_role("link", name="Next: Two offers").click()
    page.wait_for_url(live_server.url + third.url)

    page.goto(f"{live_server.url}/learning/")
    expect(page.get_by_role("img", name="2 of 3 required steps done")).to_be_visible()
    expect(page.get_by_role("heading", name="Two offers")).to_be_visible()
    screen(page, "my-learning")
    page.get_by_role("button", name="Mark as done: Two offers").click()
    expect(page.get_by_text("Finished on")).to_be_visible()
    screen(page, "finished")

    assert Completion.objects.filter(person=person).count() == 3
    assert Enrolment.objects.get(person=person).finished_at


def test_the_same_way_without_scripts(live_server, chromium, path, articles):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    person = PersonFactory()
    try:
        sign_in(page, live_server.url, person, then="/learning/")
        page.goto(f"{live_server.url}/learning/paths/{path.pk}/")
        page.get_by_role("button", name="Follow this path").click()
        page.get_by_role("button", name="Mark as done: Five shapes of office").click()
        expect(page.get_by_role("img", name="1 of 3 required steps done")).to_be_visible()
        page.get_by_role("button", name="Not done after all: Five shapes of office").click()
        expect(page.get_by_role("img", name="0 of 3 required steps done")).to_be_visible()
    finally:
        context.close()


def test_a_visitor_says_whether_an_article_helped(live_server, page, screen, articles):
    page.goto(live_server.url + articles[0].url)
    page.get_by_role("group", name="Was this helpful?").get_by_role("button", name="Yes").click()
    page.get_by_label("What did it help you with? (optional)").fill("I know now what my office is for.")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("The editors will read what you wrote.")).to_be_visible()
    screen(page, "feedback")
    page.reload()
    expect(page.get_by_text("The editors will read what you wrote.")).to_be_visible()
    given = Feedback.objects.get()
    assert (given.helpful, given.sentence) == (True, "I know now what my office is for.")
