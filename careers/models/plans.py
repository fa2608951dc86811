"""“I have 40 minutes on Tuesdays”: when a person wants to learn. What falls on which day is computed, never stored."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class WeeklyPlan(models.Model):
    """`speed` is in percent of the recorded speed. `changed_at` tells since when the plan has been this one."""

    class Speed(models.IntegerChoices):
        HALF = 50, _("0.5 times")
        THREE_QUARTERS = 75, _("0.75 times")
        AS_RECORDED = 100, _("as recorded")
        FASTER = 125, _("1.25 times")
        HALF_AGAIN = 150, _("1.5 times")
        VERY_FAST = 175, _("1.75 times")
        DOUBLE = 200, _("2 times")

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="weekly_plan")
    speed = models.PositiveSmallIntegerField(_("playing speed"), choices=Speed.choices, default=Speed.AS_RECORDED)
    #: Names the sessions to calendars, which tell a changed one from a new one by it.
    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    #: Opens the private feed; none until the person wants one.
    feed_key = models.CharField(max_length=43, null=True, unique=True, editable=False)
    changed_at = models.DateTimeField(_("changed"), default=timezone.now)

    class Meta:
        verbose_name = _("weekly plan")
        verbose_name_plural = _("weekly plans")
        constraints = (models.CheckConstraint(condition=Q(speed__range=(50, 200)), name="speed_can_be_played"),)

    def __str__(self) -> str:
        return str(self.person)
