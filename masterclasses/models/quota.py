"""How much room the videos of a collection may take."""

from __future__ import annotations

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, OuterRef, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from wagtail.models import Collection

from masterclasses.models.upload import Upload
from masterclasses.models.video import Video

GIGABYTE = 1024**3


class QuotaQuerySet(models.QuerySet["CollectionQuota"]):
    def covering(self, collection: Collection) -> QuotaQuerySet:
        """The quotas of a collection and of those it lies in."""
        path, step = collection.path, Collection.steplen
        return self.filter(collection__path__in=[path[:end] for end in range(step, len(path) + 1, step)])

    def with_used(self) -> QuotaQuerySet:
        """Annotate `kept`, bytes of sources in the library, and `announced`, bytes of uploads that are under way."""
        inside = {"collection__path__startswith": OuterRef("collection__path")}
        kept = Video.objects.filter(**inside).order_by()
        announced = Upload.objects.open().filter(**inside).order_by()
        return self.annotate(kept=_total(kept, "source_bytes"), announced=_total(announced, "length"))


def _total(rows: models.QuerySet, field: str) -> Coalesce:
    grouped = rows.annotate(all_of_them=Value(1)).values("all_of_them")
    return Coalesce(
        Subquery(grouped.annotate(total=Sum(F(field))).values("total"), output_field=models.BigIntegerField()), 0
    )


class CollectionQuota(models.Model):
    collection = models.OneToOneField(
        Collection, on_delete=models.CASCADE, related_name="video_quota", verbose_name=_("collection")
    )
    gigabytes = models.DecimalField(
        _("limit in GB"),
        max_digits=9,
        decimal_places=2,
        validators=[MinValueValidator(Decimal("0.01"))],
        help_text=_(
            "Room for the files of this collection and of those inside it, as they were uploaded. "
            "What the portal makes of them does not count."
        ),
    )

    #: Bytes, where `with_used` was asked.
    kept: int
    announced: int

    objects = QuotaQuerySet.as_manager()

    class Meta:
        verbose_name = _("video quota")
        verbose_name_plural = _("video quotas")

    def __str__(self) -> str:
        return str(self.collection)

    @property
    def max_bytes(self) -> int:
        return int(self.gigabytes * GIGABYTE)
