"""Full-text search on PostgreSQL that stays quick however common a word is.

Wagtail's backend ranks every page that matches, which for a word of half the library means reading half the library.
Here at most `BOUND` matches in titles and as many anywhere are ranked, found through Wagtail's index of titles and one
of our own over title and body together (`home/migrations/0004_fuzzy_titles.py`).
"""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.db.models import F, Func, IntegerField, Value
from django.db.models.expressions import CombinedExpression
from wagtail.search.backends import get_search_backend
from wagtail.search.models import IndexEntry
from wagtail.search.utils import get_descendants_content_types_pks

from home.models import ContentPage

BOUND = 500


def find(words: str) -> Any:
    """Return the content that has all the words, the best first; of a very common word, `BOUND` to twice that many."""
    ids = [int(pk) for pk in _entries(words).values_list("object_id", flat=True)]
    place = Func(Value(ids), F("pk"), function="array_position", output_field=IntegerField())
    return ContentPage.objects.filter(pk__in=ids).order_by(place)


def _any_of(words: str) -> Any:
    """The query by which bodies are ranked. PostgreSQL ranks “all of these” by how near they stand to each other,
    comparing each place of each word with each of each other: seconds for a dozen words of an hour's speech. “Any of
    these” counts places once; which bodies have all the words is known already."""
    backend = get_search_backend()
    return backend.query_compiler_class(ContentPage.objects.all(), words, operator="or").query


def _entries(words: str) -> Any:
    backend = get_search_backend()
    compiler = backend.query_compiler_class(ContentPage.objects.all(), words, operator="and")
    asked = compiler.build_tsquery(compiler.query, config=backend.config)
    both = CombinedExpression(F("title"), "||", F("body"), output_field=SearchVectorField())
    content = IndexEntry.objects.order_by().filter(content_type__in=get_descendants_content_types_pks(ContentPage))
    in_title = content.filter(title=asked).values("pk")[:BOUND]
    anywhere = content.annotate(both=both).filter(both=asked).values("pk")[:BOUND]
    title = compiler.build_tsrank(F("title"), compiler.query, config=backend.config)
    body = compiler.build_tsrank(F("body"), _any_of(words), config=backend.config)
    rank = title * F("title_norm") + body
    return IndexEntry.objects.filter(pk__in=in_title.union(anywhere)).annotate(rank=rank).order_by("-rank", "-pk")
