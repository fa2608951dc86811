"""What an editor does to an edition. Each refuses once the first mail of it was put together, and where somebody else
has changed the same since it was `seen` (`home.desk.at_once`).
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from digests.models import Edition, EditionItem
from home.desk.at_once import refuse_if_changed
from home.models import ContentPage

State = Edition.State


class Said(StrEnum):
    """What the log calls it; the words are registered in `digests.wagtail_hooks`."""

    NOTE = "digests.edition.note"
    ITEM = "digests.edition.item"
    PLACE = "digests.edition.place"
    APPROVED = "digests.edition.approved"


class TooLate(Exception):
    """The edition is going out, or has gone."""

    def __str__(self) -> str:
        return _("The first mail of this edition has gone: it stays as it is. Leaving something out still works.")


@transaction.atomic
def write_note(*, edition: Edition, note: str, person: Any, seen: int) -> None:
    held = _held(edition)
    if held.note == note:
        return
    refuse_if_changed(held, seen, lambda entry: entry.action == Said.NOTE)
    held.note = note
    held.save(update_fields=["note"])
    _changed(held, Said.NOTE, person)


@transaction.atomic
def approve(*, edition: Edition, person: Any, seen: int) -> None:
    """What is approved is what this person saw."""
    held = _held(edition)
    refuse_if_changed(held, seen, lambda entry: not _own_move(entry, person))
    held.approved_at, held.approved_by = timezone.now(), person
    held.save(update_fields=["approved_at", "approved_by"])
    log(instance=held, action=Said.APPROVED, user=person)


def pin(*, item: EditionItem, person: Any, seen: int, pinned: bool = True) -> None:
    """Pinned items come first, for everybody whose areas they belong to."""
    _change_item(item, person, seen, pinned=pinned, left_out=False)


def take_back(*, item: EditionItem, person: Any, seen: int) -> None:
    """Undo leaving it out."""
    _change_item(item, person, seen, left_out=False)


@transaction.atomic
def leave_out(*, item: EditionItem, person: Any, seen: int) -> None:
    """Nobody gets it from now on, even while the edition goes out."""
    edition = Edition.objects.select_for_update().get(pk=item.edition_id)
    if edition.state == State.ARCHIVED:
        raise TooLate
    if not EditionItem.objects.filter(pk=item.pk, left_out=True).exists():
        refuse_if_changed(edition, seen, _about(item))
        EditionItem.objects.filter(pk=item.pk).update(left_out=True, pinned=False)
        log(instance=edition, action=Said.ITEM, user=person, data={"item": item.pk})


@transaction.atomic
def add(*, edition: Edition, page: ContentPage, person: Any, seen: int) -> EditionItem:
    """Pin a page that the edition does not have by itself: an older one, say."""
    held = _held(edition)
    item, _is_new = EditionItem.objects.get_or_create(edition=held, page=page)
    _change_item(item, person, seen, pinned=True, left_out=False)
    item.refresh_from_db()
    return item


@transaction.atomic
def move(*, item: EditionItem, to: int, person: Any, seen: int) -> None:
    """Put it at that place of the list, counted from 0; from now on all that is in the list has its place.

    A place means something only in the list that the editor sees.
    """
    edition = _held(item.edition)
    refuse_if_changed(
        edition, seen, lambda entry: entry.action in (Said.ITEM, Said.PLACE) and not _own_move(entry, person)
    )
    rows = in_order(edition)
    moved = next(row for row in rows if row.pk == item.pk)
    rows.remove(moved)
    rows.insert(max(0, min(to, len(rows))), moved)
    for place, row in enumerate(rows):
        row.position = place
    EditionItem.objects.bulk_update(rows, ["position"])
    _changed(edition, Said.PLACE, person, item=item.pk)


def in_order(edition: Edition) -> list[EditionItem]:
    """The items as the desk lists them: pinned, then placed, then the newest; what was left out at the end."""
    items = edition.items.select_related("page").prefetch_related("page__areas")
    return sorted(items, key=_place)


def _place(item: EditionItem) -> tuple[bool, bool, bool, int, int, int]:
    newest = -item.page.published_on.toordinal()
    return (item.left_out, not item.pinned, item.position is None, item.position or 0, newest, -item.page_id)


@transaction.atomic
def _change_item(item: EditionItem, person: Any, seen: int, **to: bool) -> None:
    edition = _held(item.edition)
    row = EditionItem.objects.filter(pk=item.pk)
    if row.filter(**to).exists():
        return
    refuse_if_changed(edition, seen, _about(item))
    row.update(**to)
    _changed(edition, Said.ITEM, person, item=item.pk)


def _about(item: EditionItem) -> Callable[[ModelLogEntry], bool]:
    return lambda entry: bool(entry.action == Said.ITEM and entry.data.get("item") == item.pk)


def _own_move(entry: ModelLogEntry, person: Any) -> bool:
    """Where something is moved the page is not loaded anew: whoever moved it has seen it all the same."""
    return bool(entry.action == Said.PLACE and entry.user_id == person.pk)


def _held(edition: Edition) -> Edition:
    """The row, locked, while it may still be changed."""
    held: Edition = Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
    if held.state != State.OPEN or Edition.objects.public().filter(pk=held.pk).exists():
        raise TooLate
    return held


def _changed(edition: Edition, what: Said, person: Any, **data: Any) -> None:
    """What was changed afterwards was not approved."""
    Edition.objects.filter(pk=edition.pk).update(approved_at=None, approved_by=None)
    log(instance=edition, action=what, user=person, data=data)
