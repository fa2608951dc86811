"""What a person has really read: the ledger from which follows that an article is done."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class ReadingProgress(models.Model):
    """How far a person is in a page.

    `seconds` and `share` sum up its sessions. `reached_end_at` is when the end of the text was first seen, `read_at`
    when the page was last read through: it stays when the page grows longer. `opened_at` is for resources, which lie
    elsewhere.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reading")
    page = models.ForeignKey("home.ContentPage", on_delete=models.CASCADE, related_name="reading")
    seconds = models.FloatField(_("seconds"), default=0)
    share = models.FloatField(_("share of the text"), default=0)
    reached_end_at = models.DateTimeField(_("reached the end"), null=True, blank=True)
    read_at = models.DateTimeField(_("read through"), null=True, blank=True)
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True)
    updated_at = models.DateTimeField(_("last read"), auto_now=True)

    class Meta:
        verbose_name = _("reading progress")
        verbose_name_plural = _("reading progress")
        constraints = (
            models.UniqueConstraint(fields=("person", "page"), name="one_reading_per_person_and_page"),
            models.CheckConstraint(condition=Q(seconds__gte=0, share__gte=0, share__lte=1), name="reading_is_a_share"),
        )
        indexes = (models.Index(fields=("person", "-updated_at"), name="readings_of_a_person"),)

    def __str__(self) -> str:
        return f"{self.person}: {self.page}, {self.share:.0%}"


class ReadingSession(models.Model):
    """One sitting with a page, in one tab.

    A report carries totals of its session and each column only ever grows (`first` only ever falls), so that reports
    may come twice, late and in any order. `first` and `share` are how far up and down the text was in view; `heard_at`
    is when the last report came that said anything new, by the server's clock.
    """

    progress = models.ForeignKey(ReadingProgress, on_delete=models.CASCADE, related_name="sessions")
    key = models.CharField(_("key"), max_length=32)
    started_at = models.DateTimeField(_("started"))
    heard_at = models.DateTimeField(_("heard of"))
    seconds = models.FloatField(_("seconds"), default=0)
    first = models.FloatField(_("highest place in view"), default=1)
    share = models.FloatField(_("lowest place in view"), default=0)

    class Meta:
        verbose_name = _("reading session")
        verbose_name_plural = _("reading sessions")
        constraints = (
            models.UniqueConstraint(fields=("progress", "key"), name="one_row_per_reading_session"),
            models.CheckConstraint(
                condition=Q(seconds__gte=0, first__gte=0, first__lte=1, share__gte=0, share__lte=1),
                name="session_is_a_share",
            ),
            models.CheckConstraint(condition=Q(heard_at__gte=F("started_at")), name="session_is_heard_after_its_start"),
        )

    def __str__(self) -> str:
        return f"{self.key}: {self.seconds:.0f} s"
