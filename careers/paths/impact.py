"""What publishing a changed path would mean for the people who follow it: figures, never names.

Nobody loses a completion or a finish by it, whatever the change; see docs/adr/0016-paths-that-change.md.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext, ngettext

from careers.models import Completion, Enrolment, PathStep
from home.models import ContentPage

if TYPE_CHECKING:
    from careers.models import LearningPathPage


@dataclass(frozen=True)
class Impact:
    """People among the `followers`: who `gain` a required step that they have not done, who had done a step that
    would not count on the path any more (`lose`), who `finish` at once, and who have finished and `stay` so although
    they gain a step."""

    followers: int = 0
    gain: int = 0
    lose: int = 0
    finish: int = 0
    stay: int = 0

    @property
    def matters(self) -> bool:
        return bool(self.gain or self.lose or self.finish)

    @property
    def sentence(self) -> str:
        """“42 people gain a step, 0 lose one; 3 finish at once.”"""
        if not self.followers:
            return gettext("Nobody follows this path yet.")
        if not self.matters:
            return gettext("Nobody who follows this path notices: %(count)d follow it.") % {"count": self.followers}
        gain = ngettext("%(count)d person gains a step", "%(count)d people gain a step", self.gain)
        lose = ngettext("%(count)d loses one", "%(count)d lose one", self.lose)
        finish = ngettext("%(count)d finishes at once", "%(count)d finish at once", self.finish)
        words = {
            "gain": gain % {"count": self.gain},
            "lose": lose % {"count": self.lose},
            "finish": finish % {"count": self.finish},
        }
        return gettext("%(gain)s, %(lose)s; %(finish)s.") % words


def impact_of(draft: LearningPathPage) -> Impact:
    """Compare a draft with what is stored of its path, in three queries."""
    steps = [step for _stage, steps in draft.staged_steps() for step in steps]
    wanted = {step.page_id for step in steps if step.page_id and step.required}
    stored = PathStep.objects.order_by().filter(stage__path=draft.pk, required=True, page__isnull=False)
    before = {pk for pk in stored.values_list("page_id", flat=True) if pk}
    open_ids = set(ContentPage.objects.visible().filter(pk__in=wanted | before).values_list("pk", flat=True))
    return _count(draft, required=wanted & open_ids, gained=(wanted - before) & open_ids, lost=before - wanted)


def _count(
    draft: LearningPathPage, *, required: Collection[int], gained: Collection[int], lost: Collection[int]
) -> Impact:
    gains = Q(done_of_gained__lt=len(gained))
    finishes = Q(finished_at=None, done_of_required=len(required)) if required else Q(pk__in=[])
    figures = (
        Enrolment.objects.filter(path=draft.pk)
        .annotate(
            done_of_gained=_how_many_done(gained),
            done_of_required=_how_many_done(required),
            loses=Exists(_completions(lost)),
        )
        .aggregate(
            followers=Count("pk"),
            gain=Count("pk", filter=gains),
            lose=Count("pk", filter=Q(loses=True)),
            finish=Count("pk", filter=finishes),
            stay=Count("pk", filter=gains & Q(finished_at__isnull=False)),
        )
    )
    return Impact(**figures)


def _completions(page_ids: Collection[int]) -> QuerySet[Completion]:
    return Completion.objects.order_by().filter(person=OuterRef("person"), page__in=page_ids)


def _how_many_done(page_ids: Collection[int]) -> Coalesce:
    counted = _completions(page_ids).values("person").annotate(many=Count("pk")).values("many")
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))
