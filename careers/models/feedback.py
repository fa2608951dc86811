"""“Was this helpful?”: one answer per person, or per browser where nobody is signed in."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Feedback(models.Model):
    page = models.ForeignKey(
        "home.ContentPage", on_delete=models.CASCADE, related_name="feedback", verbose_name=_("page")
    )
    helpful = models.BooleanField(_("helpful"))
    sentence = models.CharField(_("in their words"), max_length=500, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="feedback",
        verbose_name=_("person"),
    )
    browser_key = models.CharField(max_length=32, blank=True, editable=False)
    created_at = models.DateTimeField(_("given"), default=timezone.now, db_index=True)
    answer = models.TextField(_("answer"), max_length=1000, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("answered by"),
    )
    #: Null while an editor has still to look after it.
    resolved_at = models.DateTimeField(_("resolved"), null=True, blank=True, db_index=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("resolved by"),
    )

    class Meta:
        ordering = ("-created_at", "-pk")
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")
        constraints = (
            models.UniqueConstraint(
                fields=("page", "person"), condition=Q(person__isnull=False), name="one_feedback_per_person"
            ),
            models.UniqueConstraint(
                fields=("page", "browser_key"), condition=~Q(browser_key=""), name="one_feedback_per_browser"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="feedback_answer_has_a_time",
            ),
        )

    def __str__(self) -> str:
        return str(_("Helpful")) if self.helpful else str(_("Not helpful"))

    @property
    def is_open(self) -> bool:
        return self.resolved_at is None
