"""Blocks that lead to other pages, when those pages are not there for readers."""

from __future__ import annotations

import json

import pytest

from tests.factories.careers import ArticlePageFactory
from tests.factories.masterclasses import PartPageFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("live", [True, False])
def test_a_block_leads_to_a_page_only_while_it_is_published(client, live):
    part = PartPageFactory(title="Reading an offer", live=live)
    call = {"title": "Go on", "text": "", "label": "Watch it now", "page": part.pk, "url": ""}
    blocks = [
        {"type": "rich_text", "value": "<p>First words.</p>"},
        {"type": "part", "value": {"page": part.pk, "note": ""}},
        {"type": "call_to_action", "value": call},
    ]
    article = ArticlePageFactory(body=json.dumps(blocks))
    shown = client.get(article.url).content.decode()
    assert "First words." in shown
    assert ("Reading an offer" in shown) is live
    assert ("Watch it now" in shown) is live
