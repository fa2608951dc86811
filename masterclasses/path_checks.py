"""What the path linter is told about parts and masterclasses: no film yet, no captions, nothing to watch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext

from careers.paths.readiness import Shortcoming
from masterclasses.models import MasterclassPage, PartCaptions, PartPage


def shortcomings(page_ids: Collection[int]) -> Mapping[int, list[Shortcoming]]:
    found: dict[int, list[Shortcoming]] = defaultdict(list)
    captions = PartCaptions.objects.filter(part=OuterRef("pk"))
    parts = PartPage.objects.filter(pk__in=page_ids).annotate(has_captions=Exists(captions))
    for pk, title, video, published, has_captions in parts.values_list(
        "pk", "title", "video", "video__published", "has_captions"
    ):
        if not video:
            found[pk].append(Shortcoming(gettext("“%(title)s” has no video.") % {"title": title}))
        elif not published:
            found[pk].append(Shortcoming(gettext("The video of “%(title)s” is not ready.") % {"title": title}))
        if video and not has_captions:
            found[pk].append(Shortcoming(gettext("“%(title)s” has no captions.") % {"title": title}))
    for series in _without_parts(page_ids):
        words = gettext("“%(title)s” has no published part, so nobody can complete it.") % {"title": series.title}
        found[series.pk].append(Shortcoming(words, impossible=True))
    return found


def _without_parts(page_ids: Collection[int]) -> list[MasterclassPage]:
    """Masterclasses with no published part; in two queries, for the tree has no relation to join by."""
    series = list(MasterclassPage.objects.filter(pk__in=page_ids))
    if not series:
        return []
    parts = PartPage.objects.live().values_list("path", flat=True)
    above = {path[: -PartPage.steplen] for path in parts}
    return [page for page in series if page.path not in above]
