"""Writing and changing one's own notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from careers.learning.passages import Passage
from careers.models import Note
from home.models import ContentPage

if TYPE_CHECKING:
    from accounts.models import User

MOST_ON_A_PAGE, MOST_NOTES = 200, 5000


class TooManyNotes(ValueError):
    """The words say which limit is reached."""


@transaction.atomic
def write_note(
    *, person: User, page: ContentPage, text: str, seconds: int | None = None, passage: Passage | None = None
) -> Note:
    """Write a note at a second of a part, at a passage of an article, or about the page. Raises TooManyNotes."""
    own = Note.objects.of(person).kept()
    if own.filter(page=page.pk).count() >= MOST_ON_A_PAGE:
        words = _("There are %(most)d notes on this page already: delete one first.")
        raise TooManyNotes(words % {"most": MOST_ON_A_PAGE})
    if own.count() >= MOST_NOTES:
        raise TooManyNotes(_("You have %(most)d notes already: delete some first.") % {"most": MOST_NOTES})
    place = {"anchor": passage.anchor, "quote": passage.quote} if passage else {"seconds": seconds}
    return Note.objects.create(person=person, page_id=page.pk, page_title=page.title, text=text, **place)


def change_note(*, note: Note, text: str) -> None:
    note.text, note.changed_at = text, timezone.now()
    note.save(update_fields=["text", "changed_at"])
