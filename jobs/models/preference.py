"""How a person wants to hear of notices."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

MORNING = 8


class NoticePreference(models.Model):
    """Whoever has none is told by mail at once."""

    class How(models.TextChoices):
        NOW = "now", _("A mail for each, at once")
        DAILY = "daily", _("One mail a day")
        ADMIN = "admin", _("No mail, only here in the admin")

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="notice_preference"
    )
    how = models.CharField(_("how you are told"), max_length=10, choices=How.choices, default=How.NOW)
    hour = models.PositiveSmallIntegerField(
        _("hour of the daily mail"), default=MORNING, validators=[MaxValueValidator(23)]
    )

    class Meta:
        verbose_name = _("notice preference")
        verbose_name_plural = _("notice preferences")

    def __str__(self) -> str:
        return f"{self.person}: {self.get_how_display()}"
