"""A library of any size, straight into PostgreSQL's tables: pages with tree paths, areas, tags and index entries.

Every row is a copy of a sample article with words of its own: a title and a hundred words drawn from a made-up
vocabulary in which, as in any language, few words are common and most are rare.
"""

from __future__ import annotations

from random import Random
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models
from taggit.models import Tag
from wagtail.models import Page

from careers.models import ArticlePage, LibraryPage
from home.models import Area, ContentPage, ContentPageTag

VOCABULARY = 8000
WORDS_IN_BODY = 100
TAGS = 400
BATCH = 2000
SLUG = "bench-"


def word(rank: int) -> str:
    """The word that is the `rank`th in how common it is; letters only, so that no stemmer shortens it."""
    digits = "bcdfghjklmnpqrtvwxz"
    text = ""
    rank += len(digits) ** 2
    while rank:
        rank, rest = divmod(rank, len(digits))
        text += digits[rest] + "o"
    return f"{text}q"


def grow_to(size: int) -> None:
    """Add articles to the library until there are `size` of ours."""
    library = LibraryPage.objects.get(locale__language_code="en-gb")
    present = Page.objects.filter(slug__startswith=SLUG).count()
    template = ArticlePage.objects.live().exclude(slug__startswith=SLUG).first()
    tags = [Tag.objects.get_or_create(slug=f"bench-{n}", defaults={"name": f"Bench {n}"})[0].pk for n in range(TAGS)]
    random = Random(present)
    weights = [1 / (rank + 2) for rank in range(VOCABULARY)]
    first_step = Page.objects.child_of(library).count() + 1 if present == 0 else _last_step(library) + 1
    for start in range(present, size, BATCH):
        numbers = range(start, min(start + BATCH, size))
        pages = Page.objects.bulk_create(_page(library, template, n, first_step + n - present, random) for n in numbers)
        texts = [" ".join(map(word, random.choices(range(VOCABULARY), weights, k=WORDS_IN_BODY))) for _ in pages]
        ids = [page.pk for page in pages]
        _copy(
            ContentPage, template.pk, ids, published_on="current_date - (n.id %% 3000)::int", minutes="2 + n.id %% 25"
        )
        _copy(ArticlePage, template.pk, ids)
        _index(pages, texts)
        _relate(ids, tags, random)
    Page.objects.filter(pk=library.pk).update(numchild=Page.objects.child_of(library).count())
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _last_step(library: LibraryPage) -> int:
    last = Page.objects.child_of(library).order_by("-path").values_list("path", flat=True)[0]
    return int(Page._str2int(last[-Page.steplen :]))


def _page(library: LibraryPage, template: ArticlePage, n: int, step: int, random: Random) -> Page:
    slug = f"{SLUG}{n}"
    title = " ".join(["Planning", *(word(int(random.paretovariate(0.6)) % VOCABULARY) for _ in range(4))])
    return Page(
        title=title,
        draft_title=title,
        slug=slug,
        path=Page._get_path(library.path, library.depth + 1, step),
        depth=library.depth + 1,
        url_path=f"{library.url_path}{slug}/",
        content_type_id=template.content_type_id,
        locale_id=template.locale_id,
        translation_key=UUID(int=random.getrandbits(128)),
        live=n % 50 != 0,
    )


def _copy(model: type[models.Model], template: int, ids: list[int], **changes: str) -> None:
    """Give each id a row of `model` like the template's; `changes` are SQL expressions over n.id."""
    fields = model._meta.local_concrete_fields
    key = next(field.column for field in fields if field.primary_key)
    columns = [field.column for field in fields if not field.primary_key]
    values = [changes.get(str(column), f't."{column}"') for column in columns]
    quoted = ", ".join(f'"{column}"' for column in columns)
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{table}" ("{key}", {quoted}) SELECT n.id, {", ".join(values)}'
            f' FROM unnest(%s::bigint[]) AS n(id), "{table}" t WHERE t."{key}" = %s',
            [ids, template],
        )


def _index(pages: list[Page], texts: list[str]) -> None:
    rows = [(str(page.pk), page.title, text) for page, text in zip(pages, texts, strict=True)]
    content_type = ContentType.objects.get_for_model(ArticlePage).pk
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO wagtailsearch_indexentry"
            " (object_id, content_type_id, title_norm, title, autocomplete, body, title_text, body_text)"
            " SELECT r.id, %s, 1.0, setweight(to_tsvector('simple', r.title), 'A'), to_tsvector('simple', r.title),"
            " setweight(to_tsvector('simple', r.body), 'D'), r.title, r.body"
            " FROM (VALUES (%s, %s, %s)) AS r(id, title, body)",
            [(content_type, *row) for row in rows],
        )


def _relate(ids: list[int], tags: list[int], random: Random) -> None:
    areas = list(Area.objects.values_list("pk", flat=True))
    through: Any = ContentPage.areas.through
    through.objects.bulk_create(through(contentpage_id=pk, area_id=areas[pk % len(areas)]) for pk in ids)
    ContentPageTag.objects.bulk_create(
        ContentPageTag(content_object_id=pk, tag_id=tag) for pk in ids for tag in random.sample(tags, 2)
    )
