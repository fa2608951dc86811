"""Walk as a learner: a path as somebody sees it who has just begun, is half way, or is done. Nothing is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careers.paths.route import RouteStage
from careers.progress.measuring import measure
from careers.progress.standing import Standing

if TYPE_CHECKING:
    from careers.models import LearningPathPage

BEGUN, HALF, DONE = "begun", "half", "done"
#: How Wagtail lists the previews of a path.
PREVIEW_MODES = [
    ("", _("As a visitor")),
    (BEGUN, _("As a learner at 0 %")),
    (HALF, _("As a learner half way")),
    (DONE, _("As a learner who is done")),
]


def walk(path: LearningPathPage, mode: str) -> Standing:
    route = path.public_route()
    done = done_in(route, mode)
    now = timezone.now()
    enrolment = apps.get_model("careers", "Enrolment")(
        path_id=path.pk, started_at=now, finished_at=now if mode == DONE else None
    )
    return Standing(enrolment, route, done, measure(route, done, finished_before=mode == DONE))


def done_in(route: list[RouteStage], mode: str) -> frozenset[int]:
    """Half way is the first half of the required steps, in the order of the path."""
    required = [step.page.pk for stage in route for step in stage.steps if step.required]
    share = {HALF: (len(required) + 1) // 2, DONE: len(required)}
    return frozenset(required[: share.get(mode, 0)])
