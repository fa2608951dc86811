"""Somebody who asked for the digest, and how they want it."""

from __future__ import annotations

import secrets
from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import validate_time_zone
from digests.periods import Rhythm, Schedule, zone_of
from digests.querysets import SubscriberQuerySet
from home.languages import content_language


def new_secret() -> str:
    """128 random bits, from which all links of one subscriber are made."""
    return secrets.token_hex(16)


class Subscriber(models.Model):
    """One address, whatever its capitals. `email_key` decides whether two addresses are the same.

    pending → confirmed → unsubscribed → (a new confirmation) confirmed; suppressed addresses get no mail at all.
    """

    class Status(models.TextChoices):
        PENDING = "pending", _("Not confirmed")
        CONFIRMED = "confirmed", _("Confirmed")
        UNSUBSCRIBED = "unsubscribed", _("Unsubscribed")
        SUPPRESSED = "suppressed", _("Suppressed")

    class Weekday(models.IntegerChoices):
        MONDAY = 0, _("Monday")
        TUESDAY = 1, _("Tuesday")
        WEDNESDAY = 2, _("Wednesday")
        THURSDAY = 3, _("Thursday")
        FRIDAY = 4, _("Friday")
        SATURDAY = 5, _("Saturday")
        SUNDAY = 6, _("Sunday")

    email = models.EmailField(_("e-mail address"), max_length=254)
    email_key = models.CharField(max_length=254, unique=True, editable=False)
    status = models.CharField(_("status"), max_length=12, choices=Status.choices, default=Status.PENDING)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="digest_subscriptions",
        verbose_name=_("person"),
    )
    areas = models.ManyToManyField("home.Area", related_name="subscribers", verbose_name=_("areas"))
    rhythm = models.CharField(_("how often"), max_length=8, choices=Rhythm.choices, default=Rhythm.WEEKLY)
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday.choices, default=Weekday.TUESDAY)
    month_day = models.PositiveSmallIntegerField(
        _("day of the month"), default=1, validators=[MinValueValidator(1), MaxValueValidator(31)]
    )
    hour = models.PositiveSmallIntegerField(_("hour"), default=8, validators=[MaxValueValidator(23)])
    time_zone = models.CharField(
        _("time zone"), max_length=64, default=settings.TIME_ZONE, validators=[validate_time_zone]
    )
    #: One of LANGUAGES when it was chosen; a site may drop a language later, so no choices here.
    language = models.CharField(_("language"), max_length=10, default=settings.LANGUAGE_CODE)
    paused_until = models.DateField(
        _("paused until"), null=True, blank=True, help_text=_("The first day on which a digest may come again.")
    )
    #: Null while nothing is due: only confirmed subscribers have one.
    next_due_at = models.DateTimeField(_("next digest"), null=True, blank=True, editable=False)
    last_due_at = models.DateTimeField(null=True, blank=True, editable=False)
    secret = models.CharField(max_length=32, default=new_secret, editable=False)
    #: How often a confirmation was mailed lately: at most once in ten minutes, three times in a day.
    asked_at = models.DateTimeField(null=True, editable=False)
    asked_since = models.DateTimeField(null=True, editable=False)
    asked_count = models.PositiveSmallIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("asked for"), default=timezone.now, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True, editable=False)
    unsubscribed_at = models.DateTimeField(_("unsubscribed"), null=True, blank=True, editable=False)

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        verbose_name = _("subscriber")
        verbose_name_plural = _("subscribers")
        constraints = (
            models.CheckConstraint(
                condition=Q(status="confirmed", next_due_at__isnull=False, confirmed_at__isnull=False)
                | (~Q(status="confirmed") & Q(next_due_at__isnull=True)),
                name="subscriber_due_only_when_confirmed",
            ),
        )
        indexes = (
            models.Index(fields=("next_due_at", "id"), condition=Q(status="confirmed"), name="subscriber_due"),
            models.Index(fields=("created_at",), condition=Q(status="pending"), name="subscriber_unconfirmed"),
        )

    def __str__(self) -> str:
        return self.email

    @property
    def reads_in(self) -> str:
        """Their language, or the site's when theirs has been dropped."""
        return content_language(self.language)

    @property
    def is_active(self) -> bool:
        return self.status in (self.Status.PENDING, self.Status.CONFIRMED)

    @property
    def area_slugs(self) -> str:
        return " ".join(area.slug for area in self.areas.all())

    @property
    def zone(self) -> ZoneInfo:
        return zone_of(self.time_zone)

    @property
    def begins_again_at(self) -> datetime | None:
        """The first moment of the day until which the subscriber wants nothing; None without a pause."""
        if self.paused_until is None:
            return None
        return datetime.combine(self.paused_until, time(), self.zone)

    @property
    def schedule(self) -> Schedule:
        return Schedule(
            rhythm=Rhythm(self.rhythm),
            hour=self.hour,
            time_zone=self.time_zone,
            weekday=self.weekday,
            month_day=self.month_day,
        )
