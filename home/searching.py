"""Finding content by words, and what to offer when nothing is found."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any

from django.db import OperationalError, connection, transaction
from django.db.models import Case, Q, When
from django.urls import reverse
from django.utils.http import urlencode
from taggit.models import Tag

from home import languages
from home.models import Area, ContentPage, Person, StandardPage
from home.querysets import unrestricted

LONGEST = 200
WORDS = 12
ELSEWHERE = 3
SUGGESTIONS = 5
#: How alike a title must be, from 0 to 1; PostgreSQL's own default of 0.6 misses “salery” for “salary”.
LIKENESS = 0.4
SUGGESTION_MS = 300


@dataclass(frozen=True)
class Suggestion:
    text: str
    url: str


def clean(words: str) -> str:
    """Return what a search can use of a visitor's input: no control characters, at most WORDS words."""
    printable = "".join(character if character.isprintable() else " " for character in words[:LONGEST])
    return " ".join(printable.split()[:WORDS])


def find(words: str) -> Any:
    """Return the content that has all the words, the best first."""
    terms = re.findall(r"\w+", words.lower())  # anything else is an operator to one database or the other
    if not terms:
        return ContentPage.objects.none()
    if connection.vendor == "postgresql":
        from home import ranked

        return ranked.find(" ".join(terms))
    return _find_by_backend(terms)


def _find_by_backend(terms: list[str]) -> Any:
    """Ask Wagtail's backend, which on SQLite makes no difference between title and body: ours comes first."""
    found = ContentPage.objects.all().order_by().search(" ".join(terms), operator="and").get_queryset()
    in_title = Q(*(Q(title__icontains=term) for term in terms))
    return found.order_by(Case(When(in_title, then=0), default=1), "_score", "-pk")


def elsewhere(words: str, areas: Iterable[Area]) -> list[Any]:
    """Return areas, people and plain pages that have the words in their name: what the listing cannot hold."""
    asked = {words.lower(), *(part for part in words.lower().split() if len(part) > 3)}
    found: list[Any] = [area for area in areas if any(part in area.local.title.lower() for part in asked)][:ELSEWHERE]
    found += Person.objects.filter(name__icontains=words)[:ELSEWHERE]
    plain = StandardPage.objects.live().filter(locale__language_code=languages.active())
    found += plain.filter(unrestricted(), title__icontains=words)[:ELSEWHERE]
    return found


def suggestions(words: str) -> list[Suggestion]:
    """Return titles and tags that look like the words; none where the database has no fuzzy matching.

    They may take `SUGGESTION_MS`: words that look like half the library are not worth more.
    """
    if not _has_trigrams(connection.alias):
        return []
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            limits = {"pg_trgm.word_similarity_threshold": str(LIKENESS), "statement_timeout": str(SUGGESTION_MS)}
            cursor.execute("SELECT set_config(%s, %s, true), set_config(%s, %s, true)", list(chain(*limits.items())))
            found = [*_alike_tags(words), *_alike_titles(words)][:SUGGESTIONS]
            cursor.execute("SET LOCAL statement_timeout TO DEFAULT")
            return found
    except OperationalError:
        return []


@cache
def _has_trigrams(alias: str) -> bool:
    """Whether the database offers pg_trgm; asked once for each process."""
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")
        return cursor.fetchone() is not None


def _alike_tags(words: str) -> list[Suggestion]:
    from django.contrib.postgres.search import TrigramSimilarity

    tags = Tag.objects.annotate(likeness=TrigramSimilarity("name", words)).filter(likeness__gte=LIKENESS)
    return [
        Suggestion(tag.name, f"{reverse('search')}?{urlencode({'tag': tag.slug})}")
        for tag in tags.order_by("-likeness", "name")[:SUGGESTIONS]
    ]


def _alike_titles(words: str) -> list[Suggestion]:
    from django.contrib.postgres.search import TrigramWordSimilarity

    pages = (
        ContentPage.objects.visible()
        .in_language()
        .filter(title__trigram_word_similar=words)
        .annotate(likeness=TrigramWordSimilarity(words, "title"))
    )
    return [Suggestion(page.title, page.url) for page in pages.order_by("-likeness", "-pk")[:SUGGESTIONS]]
