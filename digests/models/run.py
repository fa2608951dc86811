"""All digests of one period, as an operator sees and stops them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Run(models.Model):
    """One for each period key, such as `weekly 2026-W24`; `now` for those outside any rhythm.

    going ⇄ paused, by an operator or a circuit breaker; both → ended, by an operator, for good; going → closed once it
    is some days old and nothing of it is open, and back when something is again. The state is read by
    the statement that lets a message go (`digests.delivery.ledger.begin_copy`), so a pause holds from the next one on.
    """

    class State(models.TextChoices):
        GOING = "going", _("Going")
        PAUSED = "paused", _("Paused")
        ENDED = "ended", _("Ended")
        CLOSED = "closed", _("All accounted for")

    key = models.CharField(_("period"), max_length=40, unique=True)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.GOING, editable=False)
    reason = models.CharField(_("reason"), max_length=500, blank=True, editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("changed by"),
    )
    changed_at = models.DateTimeField(_("changed"), default=timezone.now, editable=False)
    created_at = models.DateTimeField(_("began"), default=timezone.now, editable=False)
    #: Since it began or was last let go on: how many messages were handed over, and how the last 200 of them ended, a
    #: dot for a good end, an x for an error. Circuit breakers look at these.
    handed_over = models.PositiveIntegerField(_("handed over"), default=0, editable=False)
    recent = models.CharField(max_length=200, blank=True, editable=False)
    hard_bounces = models.PositiveIntegerField(_("addresses that do not exist"), default=0, editable=False)
    complaints = models.PositiveIntegerField(_("complaints"), default=0, editable=False)

    class Meta:
        ordering = ("-created_at", "-pk")
        verbose_name = _("run")
        verbose_name_plural = _("runs")
        indexes = (models.Index(fields=("key",), condition=Q(state="going"), name="run_going"),)

    def __str__(self) -> str:
        return self.key
