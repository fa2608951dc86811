"""An article is light: what a browser has to fetch before somebody can read it, beside the images."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.test import Client

from portal.dev.style_samples import BODY
from tests.factories.careers import ArticlePageFactory
from tests.factories.home import PersonFactory
from tests.weight import MOST_BLOCKING, MOST_BYTES, blocking, transferred

pytestmark = pytest.mark.django_db

#: Some 1,500 words of different lengths, which pack no better than an author's.
WORDS = " ".join(f"{number * 7919 % 10007:x}word{number % 13}" for number in range(1500))


@pytest.fixture
def article(settings):
    settings.PAGE_CACHE_SECONDS = 60
    body = [*BODY, {"type": "rich_text", "value": f"<p>{WORDS}</p>"}]
    related = ArticlePageFactory.create_batch(3)
    return ArticlePageFactory(body=json.dumps(body), authors=[PersonFactory()], related=related, tags=["salary"])


def test_an_article_weighs_less_than_60_kb_without_its_images(article):
    sizes = transferred(Client(), article.url)

    assert {".css", ".js"} <= {Path(address).suffix for address in sizes}
    assert sum(sizes.values()) <= MOST_BYTES, sizes


def test_at_most_one_request_keeps_an_article_from_being_drawn(article):
    waits = blocking(Client().get(article.url).content.decode())

    assert 0 < len(waits) <= MOST_BLOCKING, waits
    assert waits[0].endswith(".css")


def test_what_would_block_is_recognised():
    head = """<head><link rel="stylesheet" href="a.css"><link rel="stylesheet" href="p.css" media="print">
    <script src="now.js"></script><script src="later.js" defer></script><script type="module" src="m.js"></script>
    <script>inline()</script></head>"""

    assert blocking(head) == ["a.css", "now.js"]
