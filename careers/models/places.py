"""Where a person stopped reading."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from careers.querysets import OwnQuerySet


class ReadingPlace(models.Model):
    """The furthest passage of an article that a person has reached; `percent` is its share of the passages."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reading_places")
    page = models.ForeignKey("home.ContentPage", on_delete=models.CASCADE, related_name="reading_places")
    anchor = models.CharField(_("passage"), max_length=64)
    heading = models.CharField(_("heading"), max_length=120, blank=True)
    percent = models.PositiveSmallIntegerField(_("percent"))
    updated_at = models.DateTimeField(_("read"))

    objects = OwnQuerySet.as_manager()

    class Meta:
        verbose_name = _("reading place")
        verbose_name_plural = _("reading places")
        constraints = (
            models.UniqueConstraint(fields=("person", "page"), name="one_place_per_person_and_article"),
            models.CheckConstraint(condition=models.Q(percent__lte=100), name="place_is_within_the_article"),
        )
        indexes = (models.Index(fields=("person", "-updated_at"), name="places_of_a_person"),)

    def __str__(self) -> str:
        return f"{self.person} … {self.page}"
