"""How often the pages of an edition were opened from its mails: a sum, with nothing about who did."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Clicks(models.Model):
    edition = models.ForeignKey("digests.Edition", on_delete=models.CASCADE, related_name="clicks")
    page = models.ForeignKey("home.ContentPage", on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField(_("clicks"), default=0)

    class Meta:
        verbose_name = _("clicks on a page of an edition")
        verbose_name_plural = _("clicks on pages of editions")
        constraints = (models.UniqueConstraint(fields=("edition", "page"), name="one_sum_per_edition_and_page"),)

    def __str__(self) -> str:
        return f"{self.page}: {self.number}"
