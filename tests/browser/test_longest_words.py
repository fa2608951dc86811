"""On the narrowest phone, everything called by one word that does not end: no page grows wider than the screen."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.playing import CAPTIONS, sign_in
from tests.factories.accounts import PersonFactory
from tests.factories.careers import ArticlePageFactory, EnrolmentFactory, LearningPathPageFactory, add_stage
from tests.factories.home import AreaFactory, HomePageFactory
from tests.factories.home import PersonFactory as AuthorFactory
from tests.factories.learning import BookmarkFactory, NoteFactory
from tests.factories.masterclasses import MasterclassPageFactory, PartPageFactory, WatchPositionFactory
from tests.factories.playable import publish_outputs

WORD = "Wirtschaftlichkeitsberechnung" * 8
#: Names of people, areas, stages and chapters are shorter.
SHORTER = WORD[:80]
WIDE = """() => [document.documentElement.scrollWidth - document.documentElement.clientWidth, ...new Set(
  [...document.querySelectorAll("main *")].filter((each) => each.getBoundingClientRect().right > innerWidth + 1)
    .map((each) => each.outerHTML.slice(0, 90)))].slice(0, 6)"""


@pytest.fixture
def addresses(live_server, outputs):
    HomePageFactory()
    area = AreaFactory(title=SHORTER, slug="longest")
    named = {"title": WORD, "summary": WORD, "areas": [area]}
    article = ArticlePageFactory(authors=[AuthorFactory(name=SHORTER)], tags=[SHORTER], **named)
    path = LearningPathPageFactory(**named)
    add_stage(path, [article], title=SHORTER)
    series = MasterclassPageFactory(**named)
    part = PartPageFactory(parent=series, video=publish_outputs(outputs), **named)
    part.chapters.create(start=0, title=SHORTER)
    part.captions.create(language="en", webvtt=CAPTIONS.format(WORD))
    reader = PersonFactory(name=SHORTER)
    EnrolmentFactory(person=reader, path=path)
    BookmarkFactory(person=reader, page=article)
    NoteFactory(person=reader, page=article, quote=WORD[:200], text=WORD)
    WatchPositionFactory(person=reader, part=part)
    library = article.get_parent().url
    public = ["/", f"/areas/{area.slug}/", library, f"{library}?tag=none", article.url, path.url, path.get_parent().url]
    public += [series.url, series.get_parent().url, part.url, "/search/", f"/search/?q={WORD}"]
    personal = ["/learning/", "/learning/notes/", "/learning/bookmarks/", "/accounts/profile/"]
    return reader, public, personal


def test_a_word_of_232_letters_fits_into_320_pixels_on_every_page(context, page, live_server, addresses):
    reader, public, personal = addresses
    page.set_viewport_size({"width": 320, "height": 900})
    wide = {}
    for address in public:
        page.goto(live_server.url + address)
        expect(page.locator("h1")).to_be_visible()
        wide[address] = page.evaluate(WIDE)
    sign_in(context, live_server.url, reader)
    for address in [*personal, *public]:
        page.goto(live_server.url + address)
        page.wait_for_load_state("networkidle")
        wide[f"{address} of a person"] = page.evaluate(WIDE)
    assert {address[:30]: found for address, found in wide.items() if found[0] > 0} == {}
