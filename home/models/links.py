"""Addresses that published pages lead to, each once, with what was found there and the places where it stands."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jobs.models import LeasedRow


class WebLink(LeasedRow):
    """One address. Its row is done between two checks, and opened again at `next_check_at`.

    `address` is of the web, or `page:7`, `document:7`, `anchor:7#name` for what is judged in the database.
    """

    class Kind(models.TextChoices):
        WEB = "web", _("Another site")
        OWN = "own", _("This site")

    class Verdict(models.TextChoices):
        UNKNOWN = "unknown", _("Not checked yet")
        FINE = "fine", _("Fine")
        MOVED = "moved", _("Moved for good")
        DOUBTFUL = "doubtful", _("Cannot be told")
        SHAKY = "shaky", _("No answer, to be tried on another day")
        GONE = "gone", _("Gone")
        BROKEN = "broken", _("Broken")

    #: What readers stumble over.
    BAD: ClassVar[tuple[str, ...]] = (Verdict.GONE, Verdict.BROKEN)

    lease_for: ClassVar[timedelta] = timedelta(minutes=2)

    address = models.CharField(_("address"), max_length=2000)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=4, choices=Kind.choices, default=Kind.WEB)
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict.choices, default=Verdict.UNKNOWN)
    words = models.CharField(_("what was found"), max_length=300, blank=True)
    status_code = models.PositiveSmallIntegerField(_("status"), null=True, blank=True)
    moved_to = models.CharField(_("new address"), max_length=2000, blank=True)
    failed_days = models.PositiveSmallIntegerField(_("days without an answer"), default=0)
    failed_on = models.DateField(null=True, blank=True, editable=False)
    checked_at = models.DateTimeField(_("checked"), null=True, blank=True)
    next_check_at = models.DateTimeField(_("next check"), null=True, blank=True)
    ignored_because = models.CharField(_("left aside because"), max_length=200, blank=True)
    ignored_at = models.DateTimeField(_("left aside"), null=True, blank=True)

    class Meta(LeasedRow.Meta):
        verbose_name = _("link")
        verbose_name_plural = _("links")
        indexes = (  # type: ignore[assignment]
            *LeasedRow.Meta.indexes,
            models.Index(fields=("next_check_at", "id"), condition=models.Q(status="done"), name="weblink_next_check"),
            models.Index(fields=("verdict", "id"), name="weblink_verdict"),
        )

    def __str__(self) -> str:
        return self.address

    @property
    def is_bad(self) -> bool:
        return self.verdict in self.BAD and self.ignored_at is None

    def admin_url(self) -> str:
        return reverse("links:one", args=[self.pk])


class LinkPlace(models.Model):
    """Where an address stands: a page, or a snippet or setting without one. `source` is "app.model:pk"."""

    link = models.ForeignKey(WebLink, on_delete=models.CASCADE, related_name="places", verbose_name=_("link"))
    page = models.ForeignKey(
        "wagtailcore.Page", null=True, on_delete=models.CASCADE, related_name="+", verbose_name=_("page")
    )
    source = models.CharField(_("source"), max_length=120, db_index=True)
    title = models.CharField(_("title"), max_length=255)
    edit_url = models.CharField(max_length=300, blank=True)
    field = models.CharField(_("field"), max_length=120)
    words = models.CharField(_("words of the link"), max_length=120, blank=True)

    class Meta:
        ordering = ("title", "pk")
        verbose_name = _("place of a link")
        verbose_name_plural = _("places of links")

    def __str__(self) -> str:
        return f"{self.title}: {self.field}"


class LinkReading(models.Model):
    """When the addresses of a page were last read."""

    page = models.OneToOneField("wagtailcore.Page", primary_key=True, on_delete=models.CASCADE, related_name="+")
    read_at = models.DateTimeField(_("read"))

    class Meta:
        verbose_name = _("reading of a page’s links")
        verbose_name_plural = _("readings of pages’ links")

    def __str__(self) -> str:
        return f"{self.page_id} {self.read_at}"
