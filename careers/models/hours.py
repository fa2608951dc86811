"""The ledger of hours of continuing professional development."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from careers.models.progress import Completion
from home.models import ContentKind


class LearningHours(models.Model):
    """What one completion was worth on its day: stays when the page is edited or deleted, goes when it is undone."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="learning_hours")
    page = models.ForeignKey("home.ContentPage", null=True, on_delete=models.SET_NULL, related_name="learning_hours")
    title = models.CharField(_("title"), max_length=255)
    kind = models.CharField(_("kind"), max_length=20, choices=ContentKind.choices)
    areas = models.JSONField(_("areas"), default=list)
    minutes = models.PositiveIntegerField(_("minutes"), default=0)
    how = models.CharField(_("how"), max_length=10, choices=Completion.How.choices)
    completed_at = models.DateTimeField(_("completed"))

    class Meta:
        verbose_name = _("hours of learning")
        verbose_name_plural = _("hours of learning")
        ordering = ("-completed_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("person", "page"), condition=Q(page__isnull=False), name="hours_once_per_person_and_page"
            ),
        )
        indexes = (models.Index(fields=("person", "-completed_at"), name="hours_of_a_person"),)

    def __str__(self) -> str:
        return f"{self.person}: {self.title}"
