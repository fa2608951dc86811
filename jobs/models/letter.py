"""The one letter a day that collects notices."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from jobs.models.leased import LeasedRow


class DailyLetter(LeasedRow):
    """All that happened to a person's work since the letter before. `day` is the day of their own calendar.

    It is made by the first notice that belongs in it: a day without news has no letter.
    """

    lease_for: ClassVar[timedelta] = timedelta(minutes=2)

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="daily_letters", verbose_name=_("recipient")
    )
    day = models.DateField(_("day"))

    class Meta(LeasedRow.Meta):
        verbose_name = _("daily letter")
        verbose_name_plural = _("daily letters")
        constraints = (  # type: ignore[assignment]
            *LeasedRow.Meta.constraints,
            models.UniqueConstraint(fields=("recipient", "day"), name="one_letter_per_person_and_day"),
        )

    def __str__(self) -> str:
        return f"{self.day} → {self.recipient}"
