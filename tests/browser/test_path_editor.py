"""An editor changes a path in the page editor: stages and steps, what comes first, what the check says, who notices."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from accounts.actions import ensure_person
from accounts.groups import EDITORS, MODERATORS
from careers.models import LearningPathPage
from tests.browser.playing import sign_in
from tests.factories.accounts import PASSWORD
from tests.factories.careers import ArticlePageFactory, EnrolmentFactory, LearningPathPageFactory


@pytest.fixture
def path(live_server):
    """A path of one stage, which two people follow."""
    articles = [ArticlePageFactory(title=title) for title in ("Five shapes of office", "Reading an advert")]
    path = LearningPathPageFactory(title="Know your market", stages=[articles])
    path.save_revision().publish()
    EnrolmentFactory.create_batch(2, path=path)
    return path


class PathForm:
    """The form of a path, as an editor's hands use it; stages and steps are counted from 0, in order of being added."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def stage(self, number: int) -> Locator:
        return self.page.locator(f"#inline_child_stages-{number}")

    def step(self, stage: int, number: int) -> Locator:
        return self.page.locator(f"#inline_child_stages-{stage}-steps-{number}")

    def add_stage(self, number: int, title: str) -> None:
        self.page.locator("#id_stages-ADD").click()
        self.stage(number).locator(f"[name='stages-{number}-title']").fill(title)

    def add_step(self, stage: int, number: int, article: str) -> None:
        step = self.step(stage, number)
        if not step.count():
            self.page.locator(f"#id_stages-{stage}-steps-ADD").click()
        step.get_by_role("button", name="Choose a page", exact=False).click()
        window = self.page.locator(".modal")
        window.get_by_label("Search term").fill(article)
        window.get_by_role("link", name=article).first.click()
        expect(window).to_have_count(0)
        expect(step.get_by_text(article)).to_be_visible()

    def drag(self, what: Locator, *, above: Locator) -> None:
        what.get_by_title("Drag").first.hover()
        self.page.mouse.down()
        place = above.bounding_box()
        assert place
        self.page.mouse.move(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2, steps=10)
        self.page.mouse.move(place["x"] + place["width"] / 2, place["y"] + 4, steps=10)
        self.page.mouse.up()

    def save(self) -> None:
        self.page.get_by_role("button", name="Save draft").click()
        expect(self.page.get_by_text("has been updated.")).to_be_visible()

    def publish(self) -> None:
        self.page.get_by_role("button", name="More actions").click()
        self.page.get_by_role("button", name="Publish", exact=True).click()


@pytest.fixture
def form(context, page: Page, live_server, path) -> PathForm:
    editor = ensure_person(email="ed@example.org", name="Ed", password=PASSWORD, groups=[EDITORS, MODERATORS])
    sign_in(context, live_server.url, editor)
    page.goto(f"{live_server.url}/admin/pages/{path.pk}/edit/")
    return PathForm(page)


@pytest.mark.searches  # in the chooser
def test_a_stage_is_added_put_in_order_and_told_what_comes_first(form, page, path, screen):
    ArticlePageFactory(title="Two offers")
    ArticlePageFactory(title="Asking for more")

    form.add_stage(1, "Weigh the offers")
    form.add_step(1, 0, "Two offers")
    form.add_step(1, 1, "Asking for more")
    form.step(1, 1).get_by_title("Move up").click()
    form.drag(form.step(0, 1), above=form.step(0, 0))
    first = form.stage(1).get_by_role("group", name="Stages that come first").get_by_label("Stage 1: Stage 1")
    first.check()
    screen(page, "form")
    form.save()

    draft = LearningPathPage.objects.get(pk=path.pk).get_latest_revision_as_object()
    (one, its_steps), (two, steps_of_two) = draft.staged_steps()
    assert [step.page.title for step in its_steps] == ["Reading an advert", "Five shapes of office"]
    assert [step.page.title for step in steps_of_two] == ["Asking for more", "Two offers"]
    assert (two.title, two.after) == ("Weigh the offers", [one.key])
    assert [stage.title for stage in path.stages.all()] == ["Stage 1"]  # readers have what was published


@pytest.mark.searches
def test_a_stage_that_is_moved_above_what_comes_first_is_found_and_the_finding_leads_to_it(form, page, screen):
    ArticlePageFactory(title="Two offers")
    form.add_stage(1, "Weigh the offers")
    form.add_step(1, 0, "Two offers")
    chosen = form.stage(1).get_by_role("group", name="Stages that come first")
    chosen.get_by_label("Stage 1: Stage 1").check()

    form.stage(1).get_by_title("Move up").first.click()
    expect(chosen.get_by_label("Stage 2: Stage 1 (now stands below, so it does not count)")).to_be_checked()
    form.save()

    expect(page.get_by_text("The path check has something to say about “Know your market”")).to_be_visible()
    finding = page.locator("#path-review").get_by_role("link").first
    screen(page, "finding")
    moved = page.locator(finding.get_attribute("href"))
    expect(moved.locator("[name$='-title']").first).to_have_value("Weigh the offers")
    finding.click()
    expect(moved).to_be_in_viewport()
    screen(page, "where-it-leads")


@pytest.mark.searches
def test_before_a_path_is_published_the_editor_reads_who_notices(form, page, path, screen):
    ArticlePageFactory(title="Two offers")
    form.add_step(0, 2, "Two offers")

    form.publish()

    expect(page.get_by_role("heading", name="Publish this change?")).to_be_visible()
    expect(page.get_by_text("2 people gain a step, 0 lose one; 0 finish at once.")).to_be_visible()
    screen(page, "question")
    assert path.stages.get().steps.count() == 2
    page.get_by_role("button", name="Publish it").click()
    expect(page.get_by_text("Page 'Know your market' has been published.")).to_be_visible()
    assert path.stages.get().steps.count() == 3


@pytest.mark.parametrize(
    ("mode", "done", "words"),
    [
        ("As a learner at 0 %", 0, "0 of 2 required steps done"),
        ("As a learner half way", 1, "1 of 2 required steps done"),
        ("As a learner who is done", 2, "2 of 2 required steps done"),
    ],
    ids=("begun", "half-way", "done"),
)
def test_the_editor_walks_the_path_as_a_learner(form, page, path, screen, mode, done, words):
    page.get_by_role("button", name="Toggle preview").click()
    page.get_by_label("Preview mode").select_option(label=mode)

    with page.expect_popup() as opened:
        page.get_by_role("link", name="Preview in new tab").click()

    seen = opened.value
    screen(seen, "whole")
    expect(seen.get_by_role("heading", name="Know your market", level=1)).to_be_visible()
    expect(seen.get_by_role("img", name=words)).to_be_visible()
    expect(seen.locator(".stop.is-done")).to_have_count(done)
    assert not path.enrolments.filter(person__email="ed@example.org").exists()
