"""An editor publishes an article with every kind of block, in a real browser."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.base import ContentFile
from playwright.sync_api import Page, expect
from wagtail.documents import get_document_model
from wagtail.models import Collection

from accounts.actions import ensure_person
from accounts.groups import EDITORS, MODERATORS
from careers.models import ArticlePage
from home.blocks import BodyBlock
from tests.factories.accounts import PASSWORD
from tests.factories.careers import ArticlePageFactory, LibraryPageFactory
from tests.factories.home import ImageFactory
from tests.factories.masterclasses import PartPageFactory

VIDEO = "aqz-KE-bpKQ"


class ArticleForm:
    """The admin's form, as an editor's hands use it: each block goes to the end of the body."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.body = page.locator("#panel-child-content-body-content")
        self.added: list[str] = []

    def add(self, kind: str, **fields: str) -> None:
        """Add a block of this kind and fill its plain fields."""
        self.body.get_by_title("Insert a block").last.click()
        label = str(BodyBlock().child_blocks[kind].label)
        self.page.get_by_role("option", name=label, exact=True).click()
        self.added.append(kind)
        expect(self.body.locator(f"[name='{self.prefix}-type']")).to_have_value(kind)
        for name, value in fields.items():
            self.fill(name, value)

    @property
    def prefix(self) -> str:
        return f"body-{len(self.added) - 1}"

    def fill(self, name: str, value: str) -> None:
        self.body.locator(f"[name='{self.prefix}-value-{name}']").fill(value)

    def write(self, words: str) -> None:
        self.body.get_by_role("textbox").and_(self.body.locator("[contenteditable=true]")).last.click()
        self.page.keyboard.type(words)

    def choose(self, title: str, *, search: bool = False) -> None:
        """Choose in the window that the block's last button opens."""
        self.body.get_by_role("button", name="Choose", exact=False).last.click()
        window = self.page.locator(".modal")
        if search:
            window.get_by_label("Search term").fill(title)
        window.get_by_role("link", name=title).first.click()
        expect(window).to_have_count(0)

    def add_column(self, kind: str, heading: str) -> None:
        table = self.body.locator(".typed-table-block").last
        number = table.locator("[name$='-heading']").count()
        table.get_by_role("button", name="Add column").click()
        table.locator(".add-column-menu").get_by_role("button", name=kind).click()
        self.fill(f"table-column-{number}-heading", heading)

    def publish(self) -> None:
        self.page.get_by_role("button", name="More actions").click()
        self.page.get_by_role("button", name="Publish", exact=True).click()
        expect(self.page.get_by_text("has been published.")).to_be_visible()


@pytest.fixture
def material(live_server) -> dict[str, Any]:
    """What an editor finds in the choosers."""
    return {
        "library": LibraryPageFactory(),
        "image": ImageFactory(title="A plan on a wall", collection=Collection.get_first_root_node()),
        "part": PartPageFactory(title="Reading an offer"),
        "page": ArticlePageFactory(title="Two offers"),
        "document": get_document_model().objects.create(
            title="Questions to ask", file=ContentFile(b"Who decides?", "questions.txt")
        ),
    }


@pytest.fixture
def form(page: Page, live_server, material) -> ArticleForm:
    """An editor, signed in, in front of an empty article."""
    ensure_person(email="editor@example.org", name="Ed", password=PASSWORD, groups=[EDITORS, MODERATORS])
    page.goto(f"{live_server.url}/admin/pages/{material['library'].pk}/add_subpage/")
    page.get_by_label("Email").fill("editor@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("link", name="Article", exact=False).first.click()
    page.get_by_placeholder("Page title").fill("Before you sign")
    page.get_by_role("textbox", name="Summary").fill("What to ask before you say yes.")
    return ArticleForm(page)


def add_words(form: ArticleForm) -> None:
    form.add("rich_text")
    form.write("An offer is a beginning.")
    form.add("heading", text="Where to begin")
    form.add("quote", text="Ask who decides.", attribution="Amara Okonjo")
    form.add("callout", title="Ask early")
    form.write("People like to help.")
    form.add("key_points", title="To remember")
    form.body.get_by_role("button", name="Add", exact=True).last.click()
    form.fill("points-0-value", "Read it twice")
    form.fill("points-1-value", "Sleep on it")


def add_things_to_see(form: ArticleForm) -> None:
    form.add("image", caption="The plan, in spring")
    form.choose("A plan on a wall")
    form.fill("image-alt_text", "Two colleagues before a plan")
    form.add("table", caption="What offices pay", source="Our survey")
    form.add_column("Text", "Role")
    form.add_column("Number", "Days")
    form.fill("table-cell-0-0", "Analyst")
    form.fill("table-cell-0-1", "28")
    form.body.get_by_role("button", name="Add row").last.click()
    form.fill("table-cell-1-0", "Lead")
    form.fill("table-cell-1-1", "41")
    form.add("embed", video=f"https://www.youtube.com/watch?v={VIDEO}", caption="An offer, read aloud")
    form.add("part", note="Twelve good minutes")
    form.choose("Reading an offer", search=True)


def add_ways_on(form: ArticleForm) -> None:
    form.add("download", description="Take it to the interview")
    form.choose("Questions to ask")
    form.add("call_to_action", title="Compare two offers", label="Compare them")
    form.choose("Two offers", search=True)


@pytest.mark.searches  # in the choosers
def test_an_editor_publishes_an_article_with_every_block(form, page, live_server, material, screen):
    add_words(form)
    add_things_to_see(form)
    add_ways_on(form)
    assert sorted(form.added) == sorted(BodyBlock().child_blocks), "a block of the body is missing here"
    screen(page, "form")
    expect(page).to_have_url(re.compile(r"/admin/pages/\d+/edit/"))  # the first automatic save made it a draft
    expect(page.get_by_text("Autosave is paused")).to_be_hidden()
    page.get_by_role("tab", name="Promote").click()
    page.get_by_role("listbox", name="Areas").select_option(label="Job tools")
    screen(page, "promote")
    form.publish()
    screen(page, "published")

    article = ArticlePage.objects.get(title="Before you sign")
    page.goto(live_server.url + article.url)
    screen(page, "public")
    shows_every_block(page, material)


def shows_every_block(page: Page, material: dict[str, Any]) -> None:
    prose = page.locator("article .prose")
    expect(prose.get_by_text("An offer is a beginning.")).to_be_visible()
    expect(prose.get_by_role("heading", name="Where to begin", level=2)).to_have_id("where-to-begin")
    expect(prose.locator("figure.pull", has_text="Ask who decides.").locator("figcaption")).to_have_text("Amara Okonjo")
    expect(prose.get_by_text("People like to help.")).to_be_visible()
    expect(prose.locator(".key-points li")).to_have_text(["Read it twice", "Sleep on it"])
    expect(prose.get_by_role("img", name="Two colleagues before a plan")).to_be_visible()
    table = prose.get_by_role("table", name="What offices pay")
    expect(table.get_by_role("row")).to_have_text(["Role Days", "Analyst 28", "Lead 41"])
    expect(prose.locator("iframe")).to_have_attribute("src", f"https://www.youtube-nocookie.com/embed/{VIDEO}")
    expect(prose.get_by_role("link", name="Reading an offer", exact=True)).to_have_attribute(
        "href", material["part"].url
    )
    expect(prose.get_by_role("link", name="Questions to ask")).to_have_attribute("href", material["document"].url)
    expect(prose.get_by_role("link", name="Compare them")).to_have_attribute("href", material["page"].url)
