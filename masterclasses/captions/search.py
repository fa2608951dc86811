"""Sentences of captions for the portal's search: those that have most of the words, at most three of each part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Case, F, Func, IntegerField, Q, Value, When, Window
from django.db.models.functions import RowNumber

from home.excerpts import SHOWN, Excerpt
from home.searching import WORDS
from masterclasses.captions.times import show_time
from masterclasses.captions.words import fold, marked, spaced
from masterclasses.models import Cue

#: A word is marked in a sentence also with an ending, where the database finds it with one.
STEM = 4


def find_sentences(parts: Sequence[int], words: str) -> dict[int, list[Excerpt]]:
    """By part, in the order of the video. One query."""
    terms = list(dict.fromkeys(fold(words)))[:WORDS]
    found: dict[int, list[Excerpt]] = defaultdict(list)
    if not terms:
        return found
    best: dict[int, int] = {}
    rows = list(_best(parts, terms, words))
    for cue in rows:
        best[cue.part_id] = max(cue.hits, best.get(cue.part_id, 0))
    for cue in rows:
        if cue.hits == best[cue.part_id]:
            found[cue.part_id].append(_excerpt(cue, terms))
    return found


def _best(parts: Sequence[int], terms: list[str], words: str) -> Any:
    said, conditions = _conditions(Cue.objects.filter(part__in=parts), terms, words)
    anywhere, hits = Q(pk__in=[]), Value(0)
    for condition in conditions:
        anywhere |= condition
        hits = hits + Case(When(condition, then=1), default=0, output_field=IntegerField())  # type: ignore[assignment]
    place = Window(RowNumber(), partition_by=F("part"), order_by=[F("hits").desc(), F("start_ms"), F("pk")])
    return said.filter(anywhere).annotate(hits=hits).annotate(place=place).filter(place__lte=SHOWN).order_by("start_ms")


def _conditions(cues: Any, terms: list[str], words: str) -> tuple[Any, list[Q]]:
    """What a caption with a word is like: on PostgreSQL in its forms, as its full-text search finds them."""
    if connection.vendor != "postgresql":
        return cues, [Q(folded__contains=f" {term} ") for term in terms]
    from django.contrib.postgres.search import SearchQuery, SearchVectorField

    config = _config(connection.alias)
    # The column is the database's own (`migrations/0004_captions.py`), so no field of the model.
    kept = Func(template='"masterclasses_cue"."words"', output_field=SearchVectorField())
    written = list(dict.fromkeys(spaced(words.lower()).split()))[:WORDS]
    return cues.annotate(vector=kept), [Q(vector=SearchQuery(word, config=config)) for word in written]


@cache
def _config(alias: str) -> str:
    """The database's language of text search, with which both Wagtail's index and ours were made."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('default_text_search_config')")
        return str(cursor.fetchone()[0])


def _excerpt(cue: Any, terms: list[str]) -> Excerpt:
    stems = terms if connection.vendor != "postgresql" else [term[: max(STEM, len(term) - 3)] for term in terms]
    return Excerpt(
        query=f"?t={cue.second}",
        label=show_time(cue.start_ms),
        pieces=marked(cue.text, stems),
        language=cue.language,
    )
