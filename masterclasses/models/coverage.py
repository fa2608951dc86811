"""What a person has really played of a part: the beats of players, and the union that follows from them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class WatchBeat(models.Model):
    """One stretch that a player has played without a jump: the ledger from which all coverage follows.

    (person, part, session, sequence) names it, so that sending it again changes nothing. Two sessions are no player's:
    `SETTLED` holds the union of what was compacted, `BROWSER` what a browser had kept before its owner signed in.
    """

    SETTLED, BROWSER = "settled", "browser"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="watch_beats")
    part = models.ForeignKey("masterclasses.PartPage", on_delete=models.CASCADE, related_name="watch_beats")
    session = models.CharField(_("session"), max_length=40)
    sequence = models.PositiveIntegerField(_("sequence"))
    start = models.FloatField(_("from"))
    end = models.FloatField(_("to"))
    rate = models.FloatField(_("rate"), default=1)
    #: When the player was at `end`, by the server's clock.
    measured_at = models.DateTimeField(_("measured"))

    class Meta:
        verbose_name = _("beat")
        verbose_name_plural = _("beats")
        constraints = (
            models.UniqueConstraint(fields=("person", "part", "session", "sequence"), name="one_beat_per_sequence"),
            models.CheckConstraint(condition=models.Q(start__gte=0, end__gt=models.F("start")), name="beat_goes_on"),
        )
        indexes = (models.Index(fields=("measured_at",), name="beats_by_age"),)

    def __str__(self) -> str:
        return f"{self.person}: {self.part}, {self.start:.0f}–{self.end:.0f} s"


class WatchCoverage(models.Model):
    """The union of a person's beats in a part. `spans` is a list of [from, to] in seconds, in order.

    `source` and `length` are those of the film that the last beat was of; `replaced_at` and `kept_to` tell of the film
    before. `watched_at` is when the union first was enough, and stays whatever becomes of the film.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="watch_coverage")
    part = models.ForeignKey("masterclasses.PartPage", on_delete=models.CASCADE, related_name="watch_coverage")
    spans = models.JSONField(_("played"), default=list, blank=True)
    seconds = models.FloatField(_("seconds"), default=0)
    source = models.CharField(max_length=255, blank=True, editable=False)
    length = models.FloatField(default=0, editable=False)
    replaced_at = models.DateTimeField(_("replaced"), null=True, blank=True, editable=False)
    kept_to = models.FloatField(null=True, blank=True, editable=False)
    watched_at = models.DateTimeField(_("watched"), null=True, blank=True)
    began_at = models.DateTimeField(_("began"), default=timezone.now)
    updated_at = models.DateTimeField(_("changed"), default=timezone.now)

    class Meta:
        verbose_name = _("watch coverage")
        verbose_name_plural = _("watch coverage")
        constraints = (
            models.UniqueConstraint(fields=("person", "part"), name="one_coverage_per_person_and_part"),
            models.CheckConstraint(condition=models.Q(seconds__gte=0), name="coverage_is_not_negative"),
        )

    def __str__(self) -> str:
        return f"{self.person}: {self.part}, {self.seconds:.0f} s played"
