"""The times of a weekly plan."""

from __future__ import annotations

import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from careers.models.plans import WeeklyPlan

LEAST_MINUTES, MOST_MINUTES = 10, 480


class PlanSlot(models.Model):
    """One weekday (Monday is 0) on which the person has time, in their own time zone."""

    plan = models.ForeignKey(WeeklyPlan, on_delete=models.CASCADE, related_name="slots")
    weekday = models.PositiveSmallIntegerField(_("weekday"))
    starts_at = models.TimeField(_("begins at"), default=datetime.time(18))
    minutes = models.PositiveSmallIntegerField(_("minutes"))

    class Meta:
        verbose_name = _("weekly time")
        verbose_name_plural = _("weekly times")
        ordering: ClassVar = ("weekday",)
        constraints = (
            models.UniqueConstraint(fields=("plan", "weekday"), name="one_slot_per_weekday"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="weekday_is_one_of_seven"),
            models.CheckConstraint(
                condition=Q(minutes__range=(LEAST_MINUTES, MOST_MINUTES)), name="slot_has_sensible_minutes"
            ),
        )

    def __str__(self) -> str:
        return f"{self.weekday}, {self.starts_at}: {self.minutes}"
