from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

from careers.models import ArticlePage
from tests.factories.careers import ArticlePageFactory


@pytest.fixture
def make_invisible() -> Callable[[Page, str, str], str]:
    """Make a page a draft or closed to all but a group, or think of one that is not there; return its address."""

    def make(page: Page, state: str, name: str) -> str:
        if state == "draft":
            page.unpublish()
        elif state == "private":
            PageViewRestriction.objects.create(page_id=page.pk, restriction_type=PageViewRestriction.GROUPS)
        pk = {"unknown": 987_654, "absurd": 10**30}.get(state, page.pk)
        return reverse(name, args=[pk])

    return make


@pytest.fixture
def article_of_passages() -> ArticlePage:
    """A heading, two paragraphs and a list in one block, and a quote: five passages."""
    article: ArticlePage = ArticlePageFactory.create(
        body=[
            ("heading", {"text": "Where to begin", "level": "h2"}),
            ("rich_text", "<p>First of all, ask.</p><p>Then listen.</p><ul><li>Take notes</li></ul>"),
            ("quote", {"text": "People like to help", "attribution": "Somebody"}),
        ]
    )
    return article
