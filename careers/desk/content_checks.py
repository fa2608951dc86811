"""What is wanting in articles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from careers.models import ArticlePage
from home.desk.content_checks import Finding

AUTHORS = "panel-child-content-article_authors-section"


def missing_authors(pages: Sequence[Any]) -> Mapping[int, list[Finding]]:
    articles = [page for page in pages if isinstance(page, ArticlePage)]
    prefetch_related_objects(articles, "article_authors")
    advice = _("Readers trust what somebody stands for. People are made under Community.")
    finding = Finding(_("It names no author."), advice, AUTHORS)
    return {page.pk: [finding] for page in articles if not list(page.article_authors.all())}
