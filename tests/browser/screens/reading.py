"""What anybody can read, as a visitor sees it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.utils import timezone

from masterclasses.models import PartCaptions, PartChapter, PartPage
from portal.dev.style_samples import BODY, LONG_TITLE
from tests.browser.playing import CAPTIONS
from tests.browser.screens.screen import Screen, Screens
from tests.factories.careers import (
    ArticlePageFactory,
    LearningPathPageFactory,
    LearningPathsPageFactory,
    LibraryPageFactory,
    ResourcePageFactory,
)
from tests.factories.digests import DeliveryFactory, new_article
from tests.factories.editions import edition_with
from tests.factories.home import AreaFactory, HomePageFactory, ImageFactory, PersonFactory, StandardPageFactory
from tests.factories.masterclasses import MasterclassPageFactory, PartPageFactory
from tests.factories.playable import publish_outputs

NAMES = (
    "HomePage",
    "LibraryPage",
    "ArticlePage",
    "ResourcePage",
    "LearningPathsPage",
    "LearningPathPage",
    "MasterclassesPage",
    "MasterclassPage",
    "PartPage",
    "StandardPage",
    "area",
    "person",
    "search",
    "letters:list",
    "letters:edition",
)


def library() -> Screens:
    author, area = PersonFactory(name="Hannah Sinclair"), AreaFactory(slug="marketplace", title="The marketplace")
    cover = ImageFactory(file__width=1200, file__height=800)
    fields: dict[str, Any] = {"areas": [area], "tags": ["salary", "interviews"]}
    article = full_article(cover=cover, authors=[author], **fields)
    resource = ResourcePageFactory(cover=cover, **fields)
    ArticlePageFactory.create_batch(26, authors=[author], related=[article], **fields)
    path = LearningPathPageFactory(stages=[[article, resource], ArticlePageFactory.create_batch(2)], cover=cover)
    shelf = LibraryPageFactory().url
    yield Screen("HomePage", HomePageFactory().url)
    yield Screen("LibraryPage", f"{shelf}?page=2")
    yield Screen("LibraryPage", f"{shelf}?kind=interview&tag=salary")
    yield Screen("ArticlePage", article.url)
    yield Screen("ResourcePage", resource.url)
    yield Screen("LearningPathsPage", LearningPathsPageFactory().url)
    yield Screen("LearningPathPage", path.url)
    yield Screen("area", f"/areas/{area.slug}/")
    yield Screen("person", f"/people/{author.slug}/")


def full_article(*, cover: Any, **fields: Any) -> Any:
    """An article with every block, and a title as long as they come."""
    picture = {"image": cover.pk, "alt_text": "A plan on a wall", "decorative": False}
    image = {"type": "image", "value": {"image": picture, "caption": "The plan"}}
    return ArticlePageFactory(title=LONG_TITLE, body=json.dumps([*BODY, image]), cover=cover, **fields)


def full_part(outputs: Path, **fields: Any) -> PartPage:
    """A part with all that a part can have."""
    words = {
        "takeaways": "<ul><li>Read twice</li></ul>",
        "body": "<p>Notes</p>",
        "transcript": "Two adverts.\n\nOne post.",
    }
    part: PartPage = PartPageFactory.create(title="Reading an offer", video=publish_outputs(outputs), **words, **fields)
    for start, title in ((0, "Two adverts"), (8, "What it says")):
        PartChapter.objects.create(part=part, start=start, title=title)
    for language, said in (("en", "Two adverts for one post"), ("de", "Zwei Anzeigen")):
        PartCaptions.objects.create(part=part, language=language, webvtt=CAPTIONS.format(said))
    return part


def masterclasses(outputs: Path) -> Screens:
    series = MasterclassPageFactory(title="Getting hired", event_date=date(2026, 5, 4), level="All levels")
    part = full_part(outputs, parent=series)
    PartPageFactory(parent=series, title="The first ninety days")
    yield Screen("MasterclassesPage", series.get_parent().url)
    yield Screen("MasterclassPage", series.url)
    yield Screen("PartPage", part.url)


def others() -> Screens:
    yield Screen("StandardPage", StandardPageFactory(title="About us", body=json.dumps(BODY[:4])).url)
    edition = edition_with(new_article(title="How to be noticed"), note="<p>A word before</p>")
    DeliveryFactory(period_key=edition.period_key, selected_at=timezone.now())
    yield Screen("letters:list", "/letters/")
    yield Screen("letters:edition", edition.path)
    yield Screen("search", "/search/?q=noticed")
    yield Screen("search", "/search/?q=nothing-of-that-name")


def screens(outputs: Path) -> Screens:
    yield from library()
    yield from masterclasses(outputs)
    yield from others()
