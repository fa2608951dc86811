"""What a practitioner keeps while reading and watching, and where “Continue” leads."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import Page, Route, expect

from careers.models import Note, PlanSlot, ReadingPlace, WeeklyPlan
from tests.browser.playing import open_part, sign_in
from tests.browser.test_look import OVERHANG, violations
from tests.browser.test_masterclasses import until, video
from tests.factories.careers import ArticlePageFactory, EnrolmentFactory, LearningPathPageFactory


@pytest.fixture
def reader(live_server, context, settings):
    person = get_user_model().objects.create_user(email="reader@example.org", password="a long one")
    sign_in(context, live_server.url, person)
    # As the sign-in page leaves it: fragments that each made a token of their own would void one another's forms.
    context.add_cookies([{"name": settings.CSRF_COOKIE_NAME, "value": "s" * 32, "url": live_server.url}])
    return person


@pytest.fixture
def article(live_server):
    paragraphs = [f"<p>Paragraph {number}. {'It goes on for a while. ' * 12}</p>" for number in range(30)]
    body = [("heading", {"text": "Where to begin", "level": "h2"}), ("rich_text", "".join(paragraphs))]
    return ArticlePageFactory(title="A long read", body=body)


def paragraph(page: Page, number: int):
    return page.locator(".prose p", has_text=f"Paragraph {number}.")


def in_view(locator) -> bool:
    top = "element => element.getBoundingClientRect().top"
    return 0 <= locator.evaluate(top) <= locator.page.viewport_size["height"]


def test_a_bookmark_and_a_note_on_a_paragraph_lead_back_to_it(page, live_server, reader, article, screen):
    page.goto(live_server.url + article.url)
    page.get_by_role("button", name="Bookmark", exact=True).click()
    expect(page.get_by_role("button", name="Bookmarked", exact=True)).to_be_visible()
    paragraph(page, 12).evaluate("element => window.scrollTo(0, element.offsetTop - innerHeight * 0.3)")
    page.get_by_role("button", name="Note here").click()
    page.get_by_label("Your note").fill("Ask about this")
    with page.expect_response(re.compile("/notes/")):
        page.get_by_role("button", name="Keep this note").click()
    note = page.locator(".note")
    expect(note).to_contain_text("Ask about this")
    expect(note).to_contain_text("Paragraph 12.")
    screen(page, "article")

    page.goto(f"{live_server.url}/learning/notes/")
    page.get_by_role("link", name=re.compile("Paragraph 12")).click()
    page.wait_for_url(re.compile("#b-"))
    assert in_view(paragraph(page, 12))
    assert ReadingPlace.objects.get(person=reader).percent > 30


def test_what_somebody_is_writing_outlives_news_about_the_page(page, live_server, reader, article):
    """After the bookmark everything personal is asked for anew; the answer comes while a note is being written."""
    page.goto(live_server.url + article.url)
    words, keep = page.get_by_label("Your note"), page.get_by_role("button", name="Keep this note")
    expect(words).to_be_visible()
    late: list[Route] = []

    def hold(route: Route) -> None:  # Playwright takes no built-in function
        late.append(route)

    page.route(re.compile(r"/fragments/notes/"), hold)
    page.get_by_role("button", name="Bookmark", exact=True).click()
    expect(page.get_by_role("button", name="Bookmarked", exact=True)).to_be_visible()

    words.fill("Ask about this")
    for _news in range(20):
        if late:
            break
        page.wait_for_timeout(100)
    with page.expect_response(re.compile("/fragments/notes/")):
        late[0].continue_()
    page.wait_for_timeout(200)  # for the script to do what it does with the answer
    expect(words).to_have_value("Ask about this")
    page.unroute_all()
    keep.click()

    expect(page.locator(".note")).to_contain_text("Ask about this")


def test_continue_leads_to_the_passage_where_one_stopped(page, live_server, reader, article):
    page.goto(live_server.url + article.url)
    expect(page.get_by_role("button", name="Note here")).to_be_visible()
    with page.expect_response(re.compile("/place/")):
        paragraph(page, 20).evaluate("element => window.scrollTo(0, element.offsetTop - innerHeight * 0.7)")
    page.goto(f"{live_server.url}/learning/")
    page.get_by_role("link", name=re.compile(r"Continue\s*: A long read")).click()
    page.wait_for_url(re.compile("#b-"))
    assert in_view(paragraph(page, 20))


def test_a_note_at_a_second_brings_the_player_back_there(page, live_server, reader, part, screen):
    complaints = open_part(page, live_server.url, part)
    video(page, "v.currentTime = 13")
    until(page, "v.currentTime >= 13 && !v.seeking")
    page.get_by_label("Your note").fill("She says it best")
    expect(page.get_by_label(re.compile("^At"))).to_have_value("0:13")
    page.get_by_role("button", name="Keep this note").click()
    link = page.locator(".note").get_by_role("link", name="0:13")
    expect(link).to_be_visible()
    screen(page, "part")
    assert Note.objects.get(person=reader).seconds == 13

    video(page, "v.currentTime = 2")
    link.click()
    until(page, "v.currentTime >= 13")
    assert complaints == []


def test_without_an_account_a_bookmark_stays_in_this_browser(page, live_server, article):
    page.goto(live_server.url + article.url)
    page.get_by_role("button", name="Bookmark", exact=True).click()
    page.reload()
    expect(page.get_by_role("button", name="Bookmarked in this browser")).to_be_visible()


@pytest.mark.parametrize("width", [390, 1280])
def test_my_learning_is_accessible_and_fits(page, live_server, reader, article, screen, width):
    EnrolmentFactory(
        person=reader, path=LearningPathPageFactory(stages=[[article, *ArticlePageFactory.create_batch(3)]])
    )
    anchor = article.body[0].id
    Note.objects.create(
        person=reader, page=article, page_title=article.title, anchor=anchor, quote="Gone", text="Words"
    )
    plan = WeeklyPlan.objects.create(person=reader)
    PlanSlot.objects.bulk_create(PlanSlot(plan=plan, weekday=day, minutes=40) for day in range(7))
    page.set_viewport_size({"width": width, "height": 900})
    for theme, address in (("light", ""), ("dark", ""), ("light", "plan/"), ("dark", "notes/"), ("light", "history/")):
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        page.goto(f"{live_server.url}/learning/{address}")
        screen(page, f"{address.strip('/') or 'overview'}-{theme}-{width}")
        assert violations(page) == [], address
        assert page.evaluate(OVERHANG) <= 0, address


def test_a_first_plan_reckons_with_the_speed_that_the_player_is_set_to(page, live_server, reader):
    page.goto(f"{live_server.url}/learning/plan/")
    speed = page.get_by_label("I play recordings")
    expect(speed).to_have_value("100")
    page.evaluate("localStorage.setItem('player:rate', '1.5')")

    page.reload()

    expect(speed).to_have_value("150")
    page.get_by_label("Minutes on Tuesday").fill("40")
    speed.select_option("75")
    page.get_by_role("button", name="Save my plan").click()
    expect(page.get_by_text("Your plan is saved.")).to_be_visible()
    expect(speed).to_have_value("75")
    assert WeeklyPlan.objects.get(person=reader).speed == 75
