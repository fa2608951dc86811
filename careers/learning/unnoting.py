"""Deleting notes, with a day to think better of it."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from careers.models import Note

#: How long a deleted note can be brought back.
UNDO_WITHIN = timedelta(days=1)


def delete_note(*, note: Note) -> None:
    """Hide a note, to be brought back within a day; within the hour after it, it goes for good."""
    note.deleted_at = timezone.now()
    note.save(update_fields=["deleted_at"])


def restore_note(*, note: Note) -> None:
    note.deleted_at = None
    note.save(update_fields=["deleted_at"])


def forget_deleted_notes() -> int:
    """Delete everybody's notes whose deletion can no longer be undone, once an hour; return how many."""
    gone, _rows = Note.objects.filter(deleted_at__lt=timezone.now() - UNDO_WITHIN).delete()
    return gone
