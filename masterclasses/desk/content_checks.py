"""What is wanting in parts: the video, its captions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from home.desk.content_checks import Finding, Severity
from masterclasses.models import PartPage

VIDEO, CAPTIONS = (f"panel-child-content-{name}-section" for name in ("video", "captions"))


def missing_in_parts(pages: Sequence[Any]) -> Mapping[int, list[Finding]]:
    parts = [page for page in pages if isinstance(page, PartPage)]
    prefetch_related_objects(parts, "video")
    prefetch_related_objects(parts, "captions")
    return {part.pk: list(_of(part)) for part in parts}


def _of(part: Any) -> Iterator[Finding]:
    if not part.video:
        yield Finding(_("It has no video."), _("Upload one under Media, then choose it here."), VIDEO, Severity.ERROR)
        return
    if not part.video.published_id:
        advice = _("The state of the video says when it will be ready, or why it failed.")
        yield Finding(_("Its video cannot be watched yet."), advice, VIDEO)
    if not list(part.captions.all()):
        advice = _("Who cannot hear, or sits in a train, gets nothing of it; search does not find what is said.")
        yield Finding(_("It has no captions."), advice, CAPTIONS, Severity.ERROR)
