"""The evening of a masterclass: when and where it is, and how to come."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel

from accounts.models import validate_time_zone
from home.validators import web_address
from masterclasses.evenings import times


def usual_zone() -> str:
    return settings.TIME_ZONE


class EveningMixin(models.Model):
    """`event_from` and `event_until` are moments in UTC; they follow from what editors enter, and lists are by them."""

    event_date = models.DateField(_("date of the evening"), null=True, blank=True)
    event_begins = models.TimeField(
        _("begins at"), null=True, blank=True, help_text=_("On a clock there, for example 18:30.")
    )
    event_ends = models.TimeField(
        _("ends at"), null=True, blank=True, help_text=_("Empty means two hours later. May be after midnight.")
    )
    event_zone = models.CharField(
        _("time zone"),
        max_length=64,
        default=usual_zone,
        validators=[validate_time_zone],
        help_text=_("Where that clock hangs, for example Europe/London."),
    )
    event_place = models.CharField(
        _("place"), max_length=200, blank=True, help_text=_("Name and town, as one would tell a guest.")
    )
    event_link = models.URLField(
        _("online at"),
        blank=True,
        validators=[web_address],
        help_text=_("Everybody who reads this page sees the address; leave it out if it is only for those who come."),
    )
    event_registration = models.URLField(
        _("registration"), blank=True, validators=[web_address], help_text=_("Where one says that one comes.")
    )
    event_capacity = models.CharField(
        _("places"), max_length=120, blank=True, help_text=_("For example: 40 seats, first come, first served.")
    )
    event_recorded = models.BooleanField(
        _("it is recorded"),
        default=True,
        help_text=_("Afterwards the page says that the recording is being prepared, until a part can be watched."),
    )
    event_cancelled = models.BooleanField(
        _("it is cancelled"),
        default=False,
        help_text=_("The page stays and says so; calendars that have the evening strike it out."),
    )
    event_from = models.DateTimeField(null=True, editable=False, db_index=True)
    event_until = models.DateTimeField(null=True, editable=False, db_index=True)

    evening_panel = MultiFieldPanel(
        [
            HelpPanel(
                _(
                    "An evening that is coming is shown on the home page, in its areas and in digests. When date, "
                    "time or place change, publish: calendars move the evening, they do not show it twice."
                )
            ),
            FieldRowPanel([FieldPanel("event_date"), FieldPanel("event_begins"), FieldPanel("event_ends")]),
            FieldPanel("event_zone"),
            FieldRowPanel([FieldPanel("event_place"), FieldPanel("event_link")]),
            FieldRowPanel([FieldPanel("event_registration"), FieldPanel("event_capacity")]),
            FieldRowPanel([FieldPanel("event_recorded"), FieldPanel("event_cancelled")]),
        ],
        heading=_("The evening"),
    )

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.event_from, self.event_until = self.event_span
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        wrong = {} if self.event_date else self._what_wants_a_date()
        if self.event_ends and not self.event_begins:
            wrong["event_begins"] = _("It ends, so say when it begins.")
        for name in ("event_begins", "event_ends"):
            if not self._exists(getattr(self, name)):
                wrong[name] = _("Clocks go forward that night: this hour does not exist there.")
        if wrong:
            raise ValidationError(wrong)

    @property
    def event_span(self) -> tuple[datetime | None, datetime | None]:
        if not self.event_date:
            return None, None
        return times.span(self.event_date, self.event_begins, self.event_ends, self.event_zone)

    @property
    def event_clock(self) -> ZoneInfo:
        """The zone in which readers are told when it is."""
        return ZoneInfo(self.event_zone)

    @property
    def _zone_is_known(self) -> bool:
        try:
            validate_time_zone(self.event_zone)
        except ValidationError:
            return False
        return True

    def _exists(self, clock: Any) -> bool:
        """True as well for what cannot be judged: no hour, no day, or a zone that its own field refuses."""
        if not clock or not self.event_date or not self._zone_is_known:
            return True
        return times.exists(self.event_date, clock, self.event_zone)

    def _what_wants_a_date(self) -> dict[str, Any]:
        wanting = self.event_begins or self.event_ends or self.event_link or self.event_registration
        return {"event_date": _("Say on which day it is.")} if wanting else {}
