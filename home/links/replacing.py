"""An address that has moved for good, replaced by its new one in a page."""

from __future__ import annotations

import re
from html import escape, unescape
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _
from modelcluster.fields import ParentalKey
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from home.models import WebLink

ADDRESSED = re.compile(r'(<(?:a|embed)\b[^>]*?\s(?:href|url)=")([^"]*)(")')


def new_address(link: WebLink) -> str:
    """Where readers are led today, with the place in the page that the old address names; empty if nowhere else."""
    if link.kind != WebLink.Kind.WEB or link.verdict != WebLink.Verdict.MOVED or not link.moved_to:
        return ""
    place = link.address.partition("#")[2]
    return link.moved_to if not place or "#" in link.moved_to else f"{link.moved_to}#{place}"


def may_replace(user: Any, page: Page) -> bool:
    allowed = page.permissions_for_user(user)
    return bool(allowed.can_edit() and not allowed.page_locked())


@transaction.atomic
def replace(*, link: WebLink, page: Page, by: Any, to: str) -> str:
    """Replace the address in the newest version of the page, and say in words what came of it.

    Somebody's unpublished changes stay unpublished: then the link joins them. `to` is the address that was agreed to.
    """
    current = Page.objects.select_for_update().get(pk=page.pk)
    title = {"title": current.title}
    if not to or to != new_address(link):
        return _("It was checked again meanwhile, and leads elsewhere: nothing was changed.")
    was_clean = current.live and not current.has_unpublished_changes
    newest: Any = current.get_latest_revision_as_object()
    if not _replaced(newest, link.address, to):
        return _("“%(title)s” does not have this address any more: nothing was changed.") % title
    revision = newest.save_revision(user=by, changed=True, log_action=True)
    if was_clean and current.permissions_for_user(by).can_publish():
        revision.publish(user=by)
        return _("The new address stands in “%(title)s”, and is published.") % title
    return _("The new address stands in a draft of “%(title)s”: somebody has to publish it.") % title


def _replaced(row: Any, old: str, new: str) -> bool:
    """Replace the address in the row's fields and in the rows that are edited with it; return whether it was there."""
    children = [
        child
        for relation in row._meta.related_objects
        if isinstance(relation.field, ParentalKey) and (name := relation.get_accessor_name())
        for child in getattr(row, name).get_object_list()
    ]
    replaced = [_in_fields(one, old, new) for one in (row, *children)]
    return any(replaced)


def _in_fields(row: Any, old: str, new: str) -> bool:
    found = False
    for field in row._meta.concrete_fields:
        before = getattr(row, field.attname)
        if isinstance(field, StreamField):
            raw = list(before.raw_data) if before else []
            after: Any = _in_raw(raw, old, new)
            is_other = after != raw
        elif isinstance(field, RichTextField | models.URLField):
            after = _in_raw(before, old, new)
            is_other = after != before
        else:
            continue
        if is_other:
            setattr(row, field.attname, field.to_python(after) if isinstance(field, StreamField) else after)
        found = found or is_other
    return found


def _in_raw(value: Any, old: str, new: str) -> Any:
    """The value of a field or of blocks, as it is stored, with the other address."""
    if isinstance(value, dict):
        return {name: _in_raw(inner, old, new) for name, inner in value.items()}
    if isinstance(value, list):
        return [_in_raw(inner, old, new) for inner in value]
    if not isinstance(value, str):
        return value

    def one(found: re.Match[str]) -> str:
        return f"{found[1]}{escape(new)}{found[3]}" if unescape(found[2]).strip() == old else found[0]

    return new if value == old else ADDRESSED.sub(one, value)
