"""Authors, as people of ours."""

from __future__ import annotations

from html import unescape
from typing import Any

from django.utils.text import slugify

from careers.models import WordPressImport, WordPressOrigin
from careers.wordpress.addresses import host_of
from home.models import Person

MOST = 120


def display_name(batch: WordPressImport, login: str) -> str:
    author = batch.site.get("authors", {}).get(login, {})
    names = (author.get("wp:author_first_name", ""), author.get("wp:author_last_name", ""))
    full = " ".join(name for name in names if name)
    return unescape(str(author.get("wp:author_display_name") or full or login))[:MOST].strip()


def person_for(batch: WordPressImport, login: str) -> Person | None:
    """The person who was made of this author before, or has the name; else a new one. No address is kept."""
    name = display_name(batch, login)
    if not name:
        return None
    key: dict[str, Any] = {"site": host_of(batch.site.get("link", "")), "key": f"author:{login}"[:500]}
    origin = WordPressOrigin.objects.filter(**key, person__isnull=False).select_related("person").first()
    if origin:
        return origin.person
    person = Person.objects.filter(name__iexact=name).order_by("pk").first()
    person = person or Person.objects.create(name=name, slug=_free_slug(name))
    WordPressOrigin.objects.update_or_create(**key, defaults={"person": person})
    return person


def _free_slug(name: str) -> str:
    wanted = slugify(name)[: MOST - 5] or "author"
    taken = set(Person.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    return next(slug for slug in [wanted, *(f"{wanted}-{n}" for n in range(2, len(taken) + 3))] if slug not in taken)
