"""Where a person stopped watching."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class WatchPosition(models.Model):
    """The second of a part at which a person was last seen. `updated_at` is when the player measured it."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="watch_positions")
    part = models.ForeignKey("masterclasses.PartPage", on_delete=models.CASCADE, related_name="watch_positions")
    seconds = models.FloatField(_("seconds"))
    updated_at = models.DateTimeField(_("measured"))

    class Meta:
        verbose_name = _("watch position")
        verbose_name_plural = _("watch positions")
        constraints = (
            models.UniqueConstraint(fields=("person", "part"), name="one_position_per_person_and_part"),
            models.CheckConstraint(condition=models.Q(seconds__gte=0), name="position_is_not_negative"),
        )
        indexes = (models.Index(fields=("person", "-updated_at"), name="positions_of_a_person"),)

    def __str__(self) -> str:
        return f"{self.person}: {self.part}, {self.seconds:.0f} s"
