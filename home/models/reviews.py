"""By when somebody is to look at a published page again, and who last said that it is still right."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class PageReview(models.Model):
    """Beside the page, not in it: saying that a page is still right changes nothing of it and publishes nothing."""

    page = models.OneToOneField(
        "home.ContentPage", on_delete=models.CASCADE, related_name="review_date", verbose_name=_("page")
    )
    review_by = models.DateField(
        _("look at it again by"),
        null=True,
        blank=True,
        db_index=True,
        help_text=_("Empty: never. What is a record of its day, such as an interview, need not stay up to date."),
    )
    #: Somebody chose the date: publishing does not move it while it is ahead.
    by_hand = models.BooleanField(default=False, editable=False)
    reviewed_at = models.DateTimeField(_("last looked at"), null=True, blank=True, editable=False)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
        verbose_name=_("by"),
    )
    #: The date of which its owner was reminded.
    reminded_for = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("review date")
        verbose_name_plural = _("review dates")

    def __str__(self) -> str:
        return str(self.page)
