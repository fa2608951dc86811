"""Captions sentence by sentence, for the transcript and the search. They follow from `PartCaptions.webvtt`."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from masterclasses.models.pages import PartCaptions, PartPage


class Cue(models.Model):
    """What is said from `start_ms` to `end_ms` (milliseconds of the video)."""

    captions = models.ForeignKey(
        PartCaptions, on_delete=models.CASCADE, related_name="cues", verbose_name=_("captions")
    )
    part = models.ForeignKey(PartPage, on_delete=models.CASCADE, related_name="cues", verbose_name=_("part"))
    language = models.CharField(_("language"), max_length=35)
    start_ms = models.PositiveIntegerField(_("from"))
    end_ms = models.PositiveIntegerField(_("to"))
    speaker = models.CharField(_("speaker"), max_length=100, blank=True)
    text = models.TextField(_("text"))
    folded = models.TextField(
        _("folded text"), help_text=_("The words in lower case and without accents, each between two spaces.")
    )

    class Meta:
        verbose_name = _("caption")
        verbose_name_plural = _("single captions")
        indexes = (models.Index(fields=("captions", "start_ms"), name="cues_in_order"),)

    def __str__(self) -> str:
        return self.text

    @property
    def second(self) -> int:
        return self.start_ms // 1000
