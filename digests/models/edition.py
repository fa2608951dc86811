"""An edition: what editors say and decide about one rhythm's digests of one period."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.fields import RichTextField

from digests.editions.calendar import Span, span_of
from digests.models.delivery import Delivery
from digests.periods import Rhythm

NOTE_FEATURES = ["bold", "italic", "link"]
LONGEST_NOTE = 1200


class EditionQuerySet(models.QuerySet[Any]):
    def with_begun(self) -> EditionQuerySet:
        """Say whether a mail of it was put together: from then on it stays as it is."""
        begun = Delivery.objects.filter(period_key=OuterRef("period_key"), selected_at__isnull=False)
        return self.annotate(begun=Exists(begun))

    def public(self) -> EditionQuerySet:
        """Those of which the first mail has gone."""
        return self.with_begun().filter(~Q(state=Edition.State.OPEN) | Q(begun=True))


class Edition(models.Model):
    """One for each rhythm and period, made by itself; open → closed (its first mail is put together) → archived.

    What it holds are wishes about the digests of that period. What one person gets is chosen for that person
    (`digests.selection`) and kept in the delivery.
    """

    class State(models.TextChoices):
        OPEN = "open", gettext_lazy("Open")
        CLOSED = "closed", gettext_lazy("Going out")
        ARCHIVED = "archived", gettext_lazy("Archived")

    rhythm = models.CharField(gettext_lazy("how often"), max_length=8, choices=Rhythm.choices)
    period_key = models.CharField(gettext_lazy("period"), max_length=40, editable=False)
    first_day = models.DateField(gettext_lazy("first day"), editable=False)
    state = models.CharField(gettext_lazy("state"), max_length=8, choices=State.choices, default=State.OPEN)
    note = RichTextField(
        gettext_lazy("note"),
        features=NOTE_FEATURES,
        max_length=LONGEST_NOTE,
        blank=True,
        help_text=gettext_lazy("A few sentences above everything else, for every reader of this edition."),
    )
    approved_at = models.DateTimeField(gettext_lazy("approved"), null=True, blank=True, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    closed_at = models.DateTimeField(gettext_lazy("first mail"), null=True, blank=True, editable=False)
    pages = models.ManyToManyField("home.ContentPage", through="EditionItem", related_name="+")

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ("-first_day", "-pk")
        verbose_name = gettext_lazy("edition")
        verbose_name_plural = gettext_lazy("editions")
        permissions = (("approve_edition", gettext_lazy("Can approve editions")),)
        constraints = (
            models.UniqueConstraint(fields=("rhythm", "period_key"), name="one_edition_per_rhythm_and_period"),
        )
        indexes = (models.Index(fields=("state", "-first_day"), name="edition_states"),)

    def __str__(self) -> str:
        return f"{self.get_rhythm_display()}: {self.period}"

    @property
    def span(self) -> Span:
        return span_of(self.rhythm, self.first_day)

    @property
    def period(self) -> str:
        """The period as people say it."""
        if self.rhythm == Rhythm.MONTHLY:
            return date_format(self.first_day, "YEAR_MONTH_FORMAT")
        day = date_format(self.first_day, "DATE_FORMAT")
        return day if self.rhythm == Rhythm.DAILY else _("week of %s") % day

    @property
    def slug(self) -> str:
        return self.period_key.replace(" ", "-").lower()

    @property
    def path(self) -> str:
        """The address of its archive page, without a host."""
        return reverse("letters:edition", args=[self.slug])

    @property
    def goes_out_at(self) -> datetime:
        return self.span.begins_at

    @property
    def may_go(self) -> bool:
        """Whether its period has begun somewhere on earth."""
        return self.goes_out_at <= timezone.now()


class EditionItem(models.Model):
    """A page in an edition. Without a `position` it was not placed by hand: then the newest come first."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="items")
    page = models.ForeignKey(
        "home.ContentPage", on_delete=models.CASCADE, related_name="+", verbose_name=gettext_lazy("page")
    )
    position = models.PositiveSmallIntegerField(gettext_lazy("position"), null=True, blank=True)
    pinned = models.BooleanField(gettext_lazy("pinned"), default=False)
    left_out = models.BooleanField(gettext_lazy("left out"), default=False)

    class Meta:
        verbose_name = gettext_lazy("item of an edition")
        verbose_name_plural = gettext_lazy("items of an edition")
        constraints = (
            models.UniqueConstraint(fields=("edition", "page"), name="one_item_per_edition_and_page"),
            models.CheckConstraint(condition=~Q(pinned=True, left_out=True), name="item_pinned_or_left_out"),
        )

    def __str__(self) -> str:
        return str(self.page)
