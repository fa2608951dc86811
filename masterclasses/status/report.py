"""The Videos report as data: which videos, in which state, and what is to be said of each of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.permissions import policy_registry

from jobs.models import LeasedRow
from jobs.selectors import ALIVE_FOR
from masterclasses.models import MasterclassPage, PartCaptions, PartPage, Piece, RemoteJob, Transcode, Video
from masterclasses.selectors import states_of
from masterclasses.status.state import VideoState, clock
from masterclasses.transcoding.ladder import Plan

Status, Stage = LeasedRow.Status, Transcode.Stage


def may_see(user: Any) -> bool:
    return bool(policy_registry.get_by_type(Video).user_has_any_permission(user, ["change", "delete"]))


def videos_for(user: AbstractBaseUser) -> QuerySet[Video]:
    """The videos that the person may look after, with what the filters ask about."""
    policy = policy_registry.get_by_type(Video)
    videos = policy.instances_user_has_any_permission_for(user, ["change", "delete"])
    bytes_ = Transcode.objects.filter(pk=OuterRef("published")).annotate(sum=Sum("renditions__bytes"))
    shown = videos.select_related("uploaded_by_user", "collection")
    return with_newest(shown).annotate(encoded_bytes=Subquery(bytes_.values("sum")[:1]))


def with_newest(videos: QuerySet[Video]) -> QuerySet[Video]:
    """With the newest encode's id and status, which the conditions below ask about."""
    newest = Transcode.objects.filter(video=OuterRef("pk")).order_by("-pk")
    return videos.annotate(
        newest=Subquery(newest.values("pk")[:1]), newest_status=Subquery(newest.values("status")[:1])
    )


def failed() -> Q:
    return Q(newest_status=Status.FAILED)


def waiting() -> Q:
    return Q(newest_status=Status.WAITING) & ~begun()


def encoding() -> Q:
    return Q(newest_status=Status.RUNNING) | (Q(newest_status=Status.WAITING) & begun())


def ready() -> Q:
    return Q(newest_status=Status.DONE)


def not_encoded() -> Q:
    return Q(newest_status=None) | Q(newest_status=Status.CANCELLED)


def begun() -> Q:
    """Whether a piece of the newest encode is done or under way, here or elsewhere."""
    pieces = Piece.objects.filter(transcode=OuterRef("newest"), status__in=(Status.RUNNING, Status.DONE))
    elsewhere = Transcode.objects.filter(pk=OuterRef("newest"), stage=Transcode.Stage.REMOTE, seconds_done__gt=0)
    return Q(Exists(pieces)) | Q(Exists(elsewhere))


def stuck(now: datetime | None = None) -> Q:
    """What nobody would ever finish. Empty, unless the schedule is away or there is a fault in the portal itself."""
    over = (now or timezone.now()) - ALIVE_FOR
    lost = Transcode.objects.running().filter(lease_until__lt=over)
    lost_pieces = Piece.objects.running().filter(lease_until__lt=over, transcode=OuterRef("newest"))
    open_pieces = Piece.objects.open().filter(transcode=OuterRef("newest"))
    open_orders = RemoteJob.objects.open().filter(transcode=OuterRef("newest"))
    parked = Transcode.objects.parked().filter(pk=OuterRef("newest"))
    return (
        Q(Exists(lost.filter(pk=OuterRef("newest"))))
        | (Q(Exists(lost_pieces)) & Q(newest_status__in=Transcode.OPEN))
        | (Q(Exists(parked)) & ~Q(Exists(open_pieces)) & ~Q(Exists(open_orders)))
    )


def without_page() -> Q:
    parts = PartPage.objects.filter(video=OuterRef("pk"))
    trailers = MasterclassPage.objects.filter(trailer=OuterRef("pk"))
    return ~Q(Exists(parts)) & ~Q(Exists(trailers))


@dataclass
class Line:
    """One video of the report."""

    video: Any
    state: VideoState
    transcode: Transcode | None
    pages: list[Any] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    stuck: str = ""

    @property
    def can_cancel(self) -> bool:
        return self.state.open

    @property
    def attempts(self) -> int:
        return self.transcode.attempts if self.transcode else 0

    @cached_property
    def has_sound(self) -> bool | None:
        """None where the file was not looked at."""
        probe = self.transcode.probe if self.transcode else {}
        return bool(probe.get("audio_codec")) if probe else None

    @property
    def rungs(self) -> list[str]:
        """The sizes that can be encoded again one by one."""
        plan = self.transcode.plan if self.transcode and self.state.code == "ready" else {}
        return [rung.name for rung in Plan.from_json(plan).rungs] if plan else []

    @property
    def sound(self) -> str:
        return {True: _("Sound"), False: _("No sound"), None: ""}[self.has_sound]

    @property
    def caption_words(self) -> str:
        if not self.pages:
            return ""
        return ", ".join(self.captions) if self.captions else _("No captions")

    @property
    def page_titles(self) -> str:
        return ", ".join(page.title for page in self.pages)

    @property
    def watchable_at(self) -> str:
        return clock(self.state.forecast.watchable_at) if self.state.forecast else ""

    @property
    def done_at(self) -> str:
        return clock(self.state.forecast.done_at) if self.state.forecast else ""


def lines_for(videos: Sequence[Any], now: datetime | None = None) -> list[Line]:
    """What is to be said of each video, in a number of queries that does not grow."""
    states = states_of(videos)
    transcodes = Transcode.objects.in_bulk([video.newest for video in videos if video.newest])
    pages = _pages_by_video(videos)
    captions = _captions_by_video(videos)
    stuck_ones = set(_stuck_among(videos, now))
    return [
        Line(
            video=video,
            state=states[video.pk],
            transcode=transcodes.get(video.newest),
            pages=pages[video.pk],
            captions=captions[video.pk],
            stuck=why_stuck(transcodes.get(video.newest)) if video.pk in stuck_ones else "",
        )
        for video in videos
    ]


def why_stuck(transcode: Transcode | None) -> str:
    if transcode and transcode.is_parked:
        return _("All its pieces are over, and yet nobody publishes it: a fault in the portal. Try it again.")
    return _("Its worker died, and the schedule does not give it to another: is the schedule running?")


def _stuck_among(videos: Sequence[Any], now: datetime | None) -> list[int]:
    listed = with_newest(Video.objects.filter(pk__in=[video.pk for video in videos]))
    return list(listed.filter(stuck(now)).values_list("pk", flat=True))


def _pages_by_video(videos: Sequence[Any]) -> dict[int, list[Any]]:
    pks = [video.pk for video in videos]
    found: dict[int, list[Any]] = defaultdict(list)
    for part in PartPage.objects.filter(video__in=pks).order_by("title").only("title", "video_id", "live"):
        found[part.video_id].append(part)
    for page in MasterclassPage.objects.filter(trailer__in=pks).order_by("title").only("title", "trailer_id", "live"):
        found[page.trailer_id].append(page)
    return found


def _captions_by_video(videos: Sequence[Any]) -> dict[int, list[str]]:
    rows = PartCaptions.objects.filter(part__video__in=[video.pk for video in videos]).order_by("language")
    found: dict[int, list[str]] = defaultdict(list)
    for video, language in rows.values_list("part__video", "language").distinct():
        found[video].append(language)
    return found
