"""Which part of a masterclass came out, and who was told of it."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from jobs.models import LeasedRow


class Premiere(LeasedRow):
    """A part is out for the first time: it is live and its video can be watched. The work is to find who is to know."""

    lease_for: ClassVar[timedelta] = timedelta(minutes=2)

    part = models.OneToOneField(
        "masterclasses.PartPage", on_delete=models.CASCADE, related_name="premiere", verbose_name=_("part")
    )

    class Meta(LeasedRow.Meta):
        verbose_name = _("new part")
        verbose_name_plural = _("new parts")

    def __str__(self) -> str:
        return str(self.part)


class PartNews(LeasedRow):
    """One mail to one follower about one part; never a second one."""

    lease_for: ClassVar[timedelta] = timedelta(minutes=2)
    max_attempts: ClassVar[int] = 6
    backoff: ClassVar[tuple[timedelta, ...]] = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 240))

    part = models.ForeignKey("masterclasses.PartPage", on_delete=models.CASCADE, related_name="news")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="part_news")
    message_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta(LeasedRow.Meta):
        verbose_name = _("news of a part")
        verbose_name_plural = _("news of parts")
        constraints = (  # type: ignore[assignment]
            *LeasedRow.Meta.constraints,
            models.UniqueConstraint(fields=("part", "person"), name="one_news_per_part_and_person"),
        )

    def __str__(self) -> str:
        return f"{self.part} → {self.person}"
