"""Masterclasses and their parts in the admin, with the state of each video and its captions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables.pages import ParentPageColumn

from careers.desk.listings import DONE_BY
from home.desk.listings import MAKERS, MINOR, STATE, TITLE, ContentListing, FactColumn
from masterclasses.models import MasterclassPage, PartCaptions, PartPage, Video
from masterclasses.selectors import states_of


def video_states(ids: Sequence[int]) -> dict[int, str]:
    videos = dict(PartPage.objects.filter(pk__in=ids).values_list("pk", "video"))
    states = states_of(Video.objects.filter(pk__in={video for video in videos.values() if video}))
    return {part: states[video].short if video else _("No video") for part, video in videos.items()}


def caption_languages(ids: Sequence[int]) -> dict[int, str]:
    found: dict[int, list[str]] = defaultdict(list)
    for part, language in (
        PartCaptions.objects.filter(part__in=ids).order_by("language").values_list("part", "language")
    ):
        found[part].append(language)
    return {part: ", ".join(found[part]) if part in found else _("None") for part in ids}


class MasterclassListing(ContentListing):
    model = MasterclassPage
    name = "masterclasses"
    url_namespace = "masterclass_listing"  # the public addresses have the other
    icon = "media"
    menu_label = gettext_lazy("Masterclasses")
    columns = [*TITLE, MAKERS, DONE_BY, *STATE]


class PartListing(ContentListing):
    model = PartPage
    name = "parts"
    icon = "media"
    menu_label = gettext_lazy("Parts")
    columns = [
        *TITLE,
        ParentPageColumn("parent", label=gettext_lazy("Masterclass"), classname=MINOR),
        FactColumn("video", label=gettext_lazy("Video"), values=video_states),
        FactColumn("captions", label=gettext_lazy("Captions"), values=caption_languages),
        DONE_BY,
        *STATE,
    ]
