"""What an editor does to an edition. Each refuses once the first mail of it was put together."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from digests.models import Edition, EditionItem
from home.models import ContentPage

State = Edition.State


class TooLate(Exception):
    """The edition is going out, or has gone."""

    def __str__(self) -> str:
        return _("The first mail of this edition has gone: it stays as it is. Leaving something out still works.")


@transaction.atomic
def write_note(*, edition: Edition, note: str) -> None:
    held = _held(edition)
    held.note = note
    held.save(update_fields=["note"])
    _unapprove(held)


@transaction.atomic
def approve(*, edition: Edition, person: Any) -> None:
    held = _held(edition)
    held.approved_at, held.approved_by = timezone.now(), person
    held.save(update_fields=["approved_at", "approved_by"])


@transaction.atomic
def pin(*, item: EditionItem, pinned: bool = True) -> None:
    """Pinned items come first, for everybody whose areas they belong to."""
    edition = _held(item.edition)
    EditionItem.objects.filter(pk=item.pk).update(pinned=pinned, left_out=False)
    _unapprove(edition)


@transaction.atomic
def leave_out(*, item: EditionItem) -> None:
    """Nobody gets it from now on, even while the edition goes out."""
    edition = Edition.objects.select_for_update().get(pk=item.edition_id)
    if edition.state == State.ARCHIVED:
        raise TooLate
    EditionItem.objects.filter(pk=item.pk).update(left_out=True, pinned=False)


@transaction.atomic
def take_back(*, item: EditionItem) -> None:
    """Undo leaving it out."""
    edition = _held(item.edition)
    EditionItem.objects.filter(pk=item.pk).update(left_out=False)
    _unapprove(edition)


@transaction.atomic
def add(*, edition: Edition, page: ContentPage) -> EditionItem:
    """Pin a page that the edition does not have by itself: an older one, say."""
    held = _held(edition)
    item, _is_new = EditionItem.objects.update_or_create(
        edition=held, page=page, defaults={"pinned": True, "left_out": False}
    )
    _unapprove(held)
    return item


@transaction.atomic
def move(*, item: EditionItem, to: int) -> None:
    """Put it at that place of the list, counted from 0; from now on all that is in the list has its place."""
    edition = _held(item.edition)
    rows = in_order(edition)
    moved = next(row for row in rows if row.pk == item.pk)
    rows.remove(moved)
    rows.insert(max(0, min(to, len(rows))), moved)
    for place, row in enumerate(rows):
        row.position = place
    EditionItem.objects.bulk_update(rows, ["position"])
    _unapprove(edition)


def in_order(edition: Edition) -> list[EditionItem]:
    """The items as the desk lists them: pinned, then placed, then the newest; what was left out at the end."""
    items = edition.items.select_related("page").prefetch_related("page__areas")
    return sorted(items, key=_place)


def _place(item: EditionItem) -> tuple[bool, bool, bool, int, int, int]:
    newest = -item.page.published_on.toordinal()
    return (item.left_out, not item.pinned, item.position is None, item.position or 0, newest, -item.page_id)


def _held(edition: Edition) -> Edition:
    """The row, locked, while it may still be changed."""
    held: Edition = Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
    if held.state != State.OPEN or Edition.objects.public().filter(pk=held.pk).exists():
        raise TooLate
    return held


def _unapprove(edition: Edition) -> None:
    """What was changed afterwards was not approved."""
    Edition.objects.filter(pk=edition.pk).update(approved_at=None, approved_by=None)
