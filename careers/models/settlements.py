"""Judging everybody anew when a page has changed: work that no request waits for and no killed worker loses."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jobs.models import LeasedRow


class PageSettlement(LeasedRow):
    """Who has completed a page, or finished a path, by the page as it is now. One row for a page, opened each time.

    `asked` counts the changes, `answering` is the one that the work began with; a change in between is worked on once
    more. People are taken in the order of their ids, up to `reached`; `found` have been completed by the last change.
    """

    lease_for: ClassVar[timedelta] = timedelta(minutes=2)

    page = models.OneToOneField(
        "home.ContentPage", on_delete=models.CASCADE, related_name="settlement", verbose_name=_("page")
    )
    asked = models.PositiveIntegerField(default=0, editable=False)
    answering = models.PositiveIntegerField(default=0, editable=False)
    reached = models.BigIntegerField(default=0, editable=False)
    found = models.PositiveIntegerField(_("people"), default=0, editable=False)

    class Meta(LeasedRow.Meta):
        verbose_name = _("people judged by a changed page")
        verbose_name_plural = _("people judged by changed pages")

    def __str__(self) -> str:
        return str(self.page)

    def admin_url(self) -> str:
        return reverse("wagtailadmin_explore", args=[self.page_id])
