"""What happened, told once to each person whom it concerns."""

from __future__ import annotations

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


class Notice(models.Model):
    """Unique on (subject, event, recipient): replaying the change that caused it tells nobody twice."""

    class Level(models.TextChoices):
        GOOD = "good", _("Good news")
        BAD = "bad", _("Needs you")

    subject_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    subject_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    event = models.CharField(_("event"), max_length=60)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="notices",
        verbose_name=_("recipient"),
    )
    level = models.CharField(_("level"), max_length=10, choices=Level.choices, default=Level.GOOD)
    title = models.CharField(_("title"), max_length=200)
    message = models.TextField(_("message"), blank=True)
    url = models.CharField(_("address"), max_length=500, blank=True)
    mail = models.OneToOneField("jobs.Mail", null=True, blank=True, on_delete=models.SET_NULL, related_name="notice")
    letter = models.ForeignKey(
        "jobs.DailyLetter", null=True, blank=True, on_delete=models.SET_NULL, related_name="notices"
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    read_at = models.DateTimeField(_("read"), null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "-pk")
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = (
            models.UniqueConstraint(
                fields=("subject_type", "subject_id", "event", "recipient"),
                name="one_notice_per_event_and_person",
            ),
        )
        indexes = (models.Index(fields=("recipient", "-created_at"), name="notices_of_a_person"),)

    def __str__(self) -> str:
        return self.title
