"""Pages that a person wants to find again."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careers.querysets import OwnQuerySet


class Bookmark(models.Model):
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="bookmarks")
    page = models.ForeignKey("home.ContentPage", on_delete=models.CASCADE, related_name="bookmarks")
    created_at = models.DateTimeField(_("kept"), default=timezone.now)

    objects = OwnQuerySet.as_manager()

    class Meta:
        verbose_name = _("bookmark")
        verbose_name_plural = _("bookmarks")
        constraints = (models.UniqueConstraint(fields=("person", "page"), name="one_bookmark_per_person_and_page"),)
        indexes = (models.Index(fields=("person", "-created_at"), name="bookmarks_of_a_person"),)

    def __str__(self) -> str:
        return f"{self.person} ⚑ {self.page}"
