"""What waits for a video to be ready: a draft that is to be published then."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from jobs.models import LeasedRow
from masterclasses import signals


class PublishWish(LeasedRow):
    """Somebody who may publish the part asked for this draft of it to be published when its video can be watched.

    The row is parked until then. Whoever publishes, unpublishes or changes their mind before takes it away.
    """

    part = models.OneToOneField(
        "masterclasses.PartPage", on_delete=models.CASCADE, related_name="publish_wish", verbose_name=_("part")
    )
    revision = models.ForeignKey("wagtailcore.Revision", on_delete=models.CASCADE, related_name="+")
    video = models.ForeignKey("masterclasses.Video", on_delete=models.CASCADE, related_name="publish_wishes")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="publish_wishes", verbose_name=_("asked by")
    )

    class Meta(LeasedRow.Meta):
        verbose_name = _("part to be published")
        verbose_name_plural = _("parts to be published")

    def __str__(self) -> str:
        return str(self.part)

    def status_words(self) -> str:
        return str(_("Waits for its video")) if self.is_parked else super().status_words()

    def after_failure(self) -> None:
        signals.publishing_failed.send(sender=type(self), wish=self)
