"""Categories, as areas or tags; tags as tags."""

from __future__ import annotations

from django.utils.text import slugify

from careers.models import WordPressImport
from careers.wordpress.source import SourceItem, Term
from home.models import Area

MOST_TAG = 100
#: WordPress gives it to what has no category.
NOTHING = frozenset({"uncategorized", "uncategorised"})


def slug_of(term: Term) -> str:
    return term.nicename or slugify(term.name)


def categories_in(items: list[SourceItem]) -> dict[str, str]:
    """Names of categories by slug."""
    return {slug_of(term): term.name for item in items for term in item.terms if term.domain == "category"}


def suggested_areas(names: dict[str, str]) -> dict[str, int]:
    """For each category the area of the same name, or 0: then it becomes a tag."""
    areas = list(Area.objects.all())
    by_name = {slugify(area.title): area.pk for area in areas} | {area.slug: area.pk for area in areas}
    return {slug: by_name.get(slug) or by_name.get(slugify(name)) or 0 for slug, name in names.items()}


def areas_of(batch: WordPressImport, item: SourceItem) -> list[int]:
    """Ids of areas, without doubles; the import's own for an item that has none."""
    found = [int(batch.areas.get(slug_of(term)) or 0) for term in item.terms if term.domain == "category"]
    chosen = [pk for pk in dict.fromkeys(found) if pk]
    return chosen or ([batch.default_area_id] if batch.default_area_id else [])


def tags_of(batch: WordPressImport, item: SourceItem) -> list[str]:
    tags = [term.name for term in item.terms if term.domain in {"post_tag", "tag"}]
    tags += [
        term.name
        for term in item.terms
        if term.domain == "category" and not batch.areas.get(slug_of(term)) and slug_of(term) not in NOTHING
    ]
    return list(dict.fromkeys(tag[:MOST_TAG] for tag in tags if tag))
