"""What a person writes down for themselves: at a second of a part, at a passage of an article, or about a page."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careers.querysets import NoteQuerySet


class Note(models.Model):
    """Private to its person. It outlives its page and its passage, of which `page_title` and `quote` then remind."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notes")
    page = models.ForeignKey("home.ContentPage", null=True, on_delete=models.SET_NULL, related_name="notes")
    page_title = models.CharField(_("page"), max_length=255)
    seconds = models.PositiveIntegerField(_("second"), null=True, blank=True)
    anchor = models.CharField(_("passage"), max_length=64, blank=True)
    quote = models.CharField(_("beginning of the passage"), max_length=200, blank=True)
    text = models.TextField(_("note"), max_length=4000)
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    changed_at = models.DateTimeField(_("changed"), default=timezone.now)
    #: Set for as long as the deletion can be undone.
    deleted_at = models.DateTimeField(_("deleted"), null=True, blank=True)

    objects = NoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        constraints = (
            models.CheckConstraint(condition=Q(seconds=None) | Q(anchor=""), name="a_note_has_one_place"),
            models.CheckConstraint(condition=~Q(text=""), name="a_note_says_something"),
        )
        indexes = (
            models.Index(fields=("person", "-created_at"), name="notes_of_a_person"),
            models.Index(fields=("deleted_at",), condition=~Q(deleted_at=None), name="notes_to_forget"),
        )

    def __str__(self) -> str:
        return f"{self.person} ✎ {self.page_title}"
