"""Whatever is typed into a field is shown as it was typed, wherever it is shown (row 4.10 of docs/threats.md)."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from careers.models import ArticlePage
from home.first_paint import SCRIPT as FIRST_PAINT
from tests.factories.accounts import PersonFactory, browser_of
from tests.factories.careers import ArticlePageFactory, LearningPathPageFactory, ResourcePageFactory, add_stage
from tests.factories.home import AreaFactory
from tests.factories.home import PersonFactory as MakerFactory
from tests.factories.learning import NoteFactory
from tests.factories.masterclasses import MasterclassPageFactory, PartPageFactory, VideoFactory, publish
from tests.payloads import PAYLOADS
from tests.unit.home.test_editor_safety import dangers_in

pytestmark = pytest.mark.django_db

LIBRARY_MOST = 12
DATA = re.compile(r'<script type="application/ld\+json">.*?</script>', re.DOTALL)
#: Our own modules and import maps, which carry no words of anybody.
OURS = re.compile(r'<script (?:type="(?:module|importmap)"|src="/static/)[^>]*>\s*</script>')
DRAWN = re.compile(r'<svg (?:class="(?:icon|mark)"|viewBox="|aria-hidden=)[^>]*>.*?</svg>', re.DOTALL)


def assert_harmless(text: str, address: str) -> None:
    for found in DATA.findall(text):
        json.loads(found.partition(">")[2].rpartition("</script>")[0])
    inner = DRAWN.sub("", OURS.sub("", DATA.sub("", text))).replace(f"<script>{FIRST_PAINT}</script>", "")
    assert dangers_in(inner) == [], address
    assert "14" + "${alert" not in text, address  # what a template language would make of one of them


def hostile_pages(words: str) -> list[str]:
    """Pages with these words in every field that takes them, and the addresses where they are shown."""
    area = AreaFactory.create(title=words[:80], summary=words, slug="hostile")
    maker = MakerFactory.create(name=words[:100], role=words[:100])
    usual = {"title": words, "summary": words, "areas": [area]}
    article = ArticlePageFactory(
        **usual, slug="hostile-article", authors=[maker], body=[("heading", {"text": words[:120], "level": "2"})]
    )
    article.tags.set([words[:90].replace(",", " ")])
    article.save()
    resource = ResourcePageFactory(**usual, slug="hostile-resource", provider=words[:100])
    path = LearningPathPageFactory(**usual, slug="hostile-path")
    add_stage(path, [article, resource], title=words[:100])
    series = MasterclassPageFactory(
        **usual,
        slug="hostile-series",
        level=words[:80],
        event_date=date(2026, 12, 3),
        event_place=words[:200],
        event_capacity=words[:120],
    )
    publish(video := VideoFactory.create(title=words))
    part = PartPageFactory(**usual, slug="hostile-part", parent=series, video=video, transcript=words)
    part.chapters.create(start=0, title=words[:120])
    pages = [page.url for page in (article, resource, path, series, part)]
    return [*pages, area.get_absolute_url(), maker.get_absolute_url(), f"/search/?q={words[:50]}", "/"]


@pytest.mark.parametrize("words", PAYLOADS)
def test_no_payload_becomes_markup_on_any_page(words):
    for address in hostile_pages(words):
        path, _mark, query = address.partition("?q=")
        answer = Client().get(path, {"q": query} if query else {})
        assert answer.status_code == 200, address
        assert_harmless(answer.content.decode(), address)


def test_a_persons_own_words_are_shown_as_they_were_typed():
    person = PersonFactory(name="x")
    client, article = browser_of(person), ArticlePageFactory()
    for words in PAYLOADS:
        NoteFactory(person=person, page=article, text=words)

    for address in ("/learning/notes/", "/learning/", f"/learning/fragments/notes/{article.pk}/"):
        assert_harmless(client.get(address).content.decode(), address)


def test_a_title_of_300_characters_is_refused_and_nothing_is_lost():
    page = ArticlePageFactory()
    page.title = "x" * 300

    with pytest.raises(ValidationError) as refused:
        page.full_clean()

    assert "title" in refused.value.message_dict
    assert ArticlePage.objects.get(pk=page.pk).title != page.title


@pytest.mark.parametrize("title", ["x" * 255, "wörter " * 36, "\u202e" + "x" * 200])
def test_the_longest_title_breaks_no_page(title):
    page = ArticlePageFactory(title=title[:255], slug="long")

    for address in (page.url, page.get_parent().url, "/feed/", "/search/?q=long"):
        assert Client().get(address).status_code == 200, address
