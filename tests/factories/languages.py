"""Pages in other languages."""

from __future__ import annotations

from typing import Any

from wagtail.models import Locale


def translated(page: Any, language: str = "de", **fields: Any) -> Any:
    """The page in that language, published, below the translation of its parent, which is made where it lacks."""
    locale, _is_new = Locale.objects.get_or_create(language_code=language)
    parent = page.get_parent().specific
    if not parent.is_root() and not parent.has_translation(locale):
        translated(parent, language)
    page.refresh_from_db()
    copy = page.specific.copy_for_translation(locale)
    copy = type(copy).objects.get(pk=copy.pk)
    draft = copy.get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.save_revision().publish()
    return type(copy).objects.get(pk=copy.pk)
