"""An editor's way with an edition: note, pin, order by keyboard, a look as a subscriber, a test; all accessible."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from digests.editions import actions
from digests.editions.actions import in_order
from digests.models import Edition
from home.desk.at_once import read_so_far
from jobs.models import Mail
from tests.browser.playing import sign_in
from tests.factories.accounts import PersonFactory
from tests.factories.digests import new_article
from tests.factories.editions import edition_with
from tests.factories.home import HomePageFactory

#: Of the page that which is ours, with the editor of the note in it.
OURS = {"include": [[".desk"]]}
#: A mail has no landmarks: programs show it inside of their own.
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.fixture
def edition():
    HomePageFactory()
    return edition_with(*(new_article(title=title) for title in ("Third", "Second", "First")))


def assert_accessible(page):
    found = Axe().run(page, context=OURS)
    assert found.violations_count == 0, found.generate_report()


def titles(edition):
    return [item.page.title for item in in_order(edition)]


def test_an_editor_writes_pins_orders_looks_and_tests(context, page, live_server, edition, screen):
    person = PersonFactory(groups=["Digest editors"])
    sign_in(context, live_server.url, person)
    page.goto(f"{live_server.url}/admin/editions/edit/{edition.pk}/")
    screen(page, "edition")
    assert_accessible(page)

    page.get_by_role("textbox", name="note").first.press_sequentially("A word before")
    expect(page.locator("[name=note]")).to_have_value(re.compile("A word before"))
    page.get_by_role("button", name="Keep the note").click()
    page.get_by_text("The note is kept.").wait_for()
    assert "A word before" in Edition.objects.get().note

    with page.expect_response(lambda answer: "/move/" in answer.url) as moved:
        handle = page.get_by_role("button", name="Move “Third”")
        handle.press("ArrowUp")
        handle.press("ArrowUp")
        handle.press("Enter")
    assert moved.value.ok
    assert titles(edition) == ["Third", "First", "Second"]
    page.get_by_role("button", name="Pin Second").click()
    page.get_by_text("Pinned", exact=True).first.wait_for()
    assert titles(edition)[0] == "Second"

    page.get_by_role("link", name="Preview and test").click()
    page.get_by_label("Shown on").select_option("320")
    page.get_by_label("Screen").select_option("dark")
    page.get_by_role("button", name="Show").click()
    frame = page.frame_locator("iframe")
    frame.get_by_role("heading", name="Second").wait_for()
    frame.get_by_text("A word before").wait_for()
    assert frame.locator(".letter").evaluate("part => getComputedStyle(part).backgroundColor") == "rgb(26, 27, 40)"
    screen(page, "preview")
    assert_accessible(page)
    page.get_by_role("button", name="Send a test to me").click()
    page.get_by_text("A test is on its way").wait_for()
    assert Mail.objects.get().recipient == person.email


def test_a_place_that_is_refused_is_said_to_be_so_and_both_notes_are_shown(context, page, live_server, edition, screen):
    hannah = PersonFactory(name="Hannah Sinclair", groups=["Digest editors"])
    sign_in(context, live_server.url, PersonFactory(groups=["Digest editors"]))
    page.goto(f"{live_server.url}/admin/editions/edit/{edition.pk}/")
    actions.move(item=in_order(edition)[2], to=0, person=hannah, seen=read_so_far(edition))
    order = titles(edition)

    handle = page.get_by_role("button", name="Move “First”")
    handle.press("ArrowDown")
    handle.press("Enter")
    expect(page.get_by_text("Hannah Sinclair was quicker")).to_be_visible()
    expect(page.locator(".desk-items .desk-title")).to_have_text(order)
    assert titles(edition) == order

    page.get_by_role("textbox", name="note").first.press_sequentially("A word on salaries")
    expect(page.locator("[name=note]")).to_have_value(re.compile("A word on salaries"))
    actions.write_note(edition=edition, note="<p>Meet us on Thursday</p>", person=hannah, seen=read_so_far(edition))
    page.get_by_role("button", name="Keep the note").click()
    expect(page.get_by_text("Hannah Sinclair wrote another note")).to_be_visible()
    expect(page.get_by_role("group", name="The note that is kept")).to_have_text("Meet us on Thursday")
    expect(page.locator("[name=note]")).to_have_value(re.compile("A word on salaries"))
    screen(page, "both-notes")
    assert_accessible(page)
    page.goto("about:blank")


def test_the_mail_is_accessible_in_light_and_dark(context, page, live_server, edition, screen):
    person = PersonFactory(groups=["Digest editors"])
    sign_in(context, live_server.url, person)
    for scheme in ("light", "dark"):
        page.goto(f"{live_server.url}/admin/editions/edit/{edition.pk}/preview/html/?scheme={scheme}")
        mail = page.content()
        page.goto("about:blank")
        page.set_content(mail)
        found = Axe().run(page, options=WCAG)
        assert found.violations_count == 0, found.generate_report()
