"""What a page that was just copied for translation refers to: the translations, where there are any.

Wagtail copies a path's steps, or what to read next, as they are; a German path would lead through English pages.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import ForeignKey, Model
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel, get_all_child_relations
from wagtail.models import Page
from wagtail.signals import copy_for_translation_done


def connect() -> None:
    copy_for_translation_done.connect(refer_to_translations, dispatch_uid="home.refer_to_translations")


def refer_to_translations(target_obj: Any, **_signal: Any) -> None:
    """Turn the draft's references to pages into such to their translations; what is untranslated stays."""
    if not isinstance(target_obj, Page) or target_obj.alias_of_id:
        return
    draft = target_obj.get_latest_revision_as_object()
    links = [(row, field) for row in _children(draft) for field in _page_fields(row)]
    ids = {getattr(row, field.attname) for row, field in links} - {None}
    own = _translations(ids, draft.locale_id)
    changed = [(row, field) for row, field in links if getattr(row, field.attname) in own]
    for row, field in changed:
        setattr(row, field.attname, own[getattr(row, field.attname)])
    if changed:
        draft.save()
        draft.save_revision()


def _translations(ids: set[int], locale_id: int) -> dict[int, int]:
    """The translation of each page, by id, in one query for each side."""
    keys = dict(Page.objects.filter(pk__in=ids).exclude(locale=locale_id).values_list("pk", "translation_key"))
    rows = Page.objects.filter(locale=locale_id, translation_key__in=keys.values())
    there = dict(rows.values_list("translation_key", "pk"))
    return {pk: there[key] for pk, key in keys.items() if key in there}


def _children(parent: ClusterableModel) -> Iterator[Any]:
    """Everything that is edited with a page, however deep."""
    for relation in get_all_child_relations(type(parent)):
        for row in getattr(parent, relation.get_accessor_name()).all():
            yield row
            if isinstance(row, ClusterableModel):
                yield from _children(row)


def _page_fields(row: Model) -> list[Any]:
    """The references to pages, without the one to the page that the row belongs to."""
    fields = [field for field in row._meta.concrete_fields if isinstance(field, ForeignKey)]
    return [
        field
        for field in fields
        if isinstance(field.related_model, type)
        and issubclass(field.related_model, Page)
        and not isinstance(field, ParentalKey)
    ]
