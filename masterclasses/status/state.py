"""What can truthfully be said of a video at this moment, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobs.models import LeasedRow
from masterclasses.models import Transcode, Video
from masterclasses.status.backlog import Progress
from masterclasses.status.forecasts import Forecast

Status, Stage = LeasedRow.Status, Transcode.Stage
CODES = {
    Status.WAITING: "waiting",
    Status.RUNNING: "encoding",
    Status.DONE: "ready",
    Status.FAILED: "failed",
    Status.CANCELLED: "cancelled",
}
OPEN = frozenset({"waiting", "planning", "encoding", "publishing"})
ENDED_BADLY = frozenset({"failed", "cancelled"})


@dataclass(frozen=True)
class VideoState:
    """`code` is none, waiting, planning, encoding, publishing, ready, failed or cancelled, of the newest encode.

    `percent` is the share of the encode's cost that is done; `place` the place in the queue, 1 for the next;
    `watchable` says whether viewers have something to watch, be it an earlier file's encode, and `partly` whether it
    is the first sizes of this one.
    """

    code: str = "none"
    percent: int | None = None
    place: int | None = None
    attempt: int = 0
    reason: str = ""
    watchable: bool = False
    partly: bool = False
    forecast: Forecast | None = None

    @classmethod
    def of(
        cls,
        video: Video,
        latest: Transcode | None,
        place: int | None = None,
        progress: Progress | None = None,
        forecast: Forecast | None = None,
    ) -> VideoState:
        watchable = video.published_id is not None
        if latest is None:
            return cls(watchable=watchable)
        code = code_of(latest, progress)
        return cls(
            code=code,
            percent=progress.percent if progress and code in OPEN else latest.percent,
            place=place,
            attempt=latest.attempts,
            reason=latest.reason,
            watchable=watchable,
            partly=code != "ready" and video.published_id == latest.pk,
            forecast=forecast if code in OPEN else None,
        )

    @property
    def open(self) -> bool:
        return self.code in OPEN

    @property
    def can_retry(self) -> bool:
        return self.code in {"none", *ENDED_BADLY}

    @property
    def short(self) -> str:
        """A few words for a listing."""
        return {
            "none": _("Not encoded"),
            "waiting": _("Waiting"),
            "planning": _("Being looked at"),
            "encoding": _("Encoding: %(percent)s %%") % {"percent": self.percent or 0},
            "publishing": _("Publishing"),
            "ready": _("Ready"),
            "failed": _("Failed"),
            "cancelled": _("Cancelled"),
        }[self.code]

    @property
    def words(self) -> str:
        """A few sentences for the people who look after the video."""
        sentence = {
            "none": _("This video has not been encoded yet."),
            "waiting": self._waiting(),
            "planning": _("It is being looked at: how large it is, and how it is best encoded."),
            "encoding": _("It is being encoded: %(percent)s %% done.") % {"percent": self.percent or 0},
            "publishing": _("It is encoded; the result is being checked and published."),
            "ready": _("Everything is encoded; visitors can watch it."),
            "failed": _("Encoding failed. %(reason)s") % {"reason": self.reason},
            "cancelled": _("Encoding was cancelled. %(reason)s") % {"reason": self.reason},
        }[self.code]
        return " ".join(filter(None, (sentence, self._what_visitors_see(), self.when)))

    def _what_visitors_see(self) -> str:
        if not self.watchable or self.code in {"ready", "none"}:
            return ""
        if self.partly:
            return (
                _("Visitors can watch it already; larger sizes follow.")
                if self.open
                else _("Visitors can watch the sizes that were made before.")
            )
        return _("Until the new file is ready, visitors see the earlier one.")

    def _waiting(self) -> str:
        if self.attempt and self.reason:
            return _("Attempt %(attempt)s did not work: %(reason)s It will be tried again in a moment.") % {
                "attempt": self.attempt,
                "reason": self.reason,
            }
        ahead = (self.place or 1) - 1
        if not ahead:
            return _("It is waiting to be encoded and is next in line.")
        return ngettext(
            "It is waiting to be encoded; %(count)s video is ahead of it.",
            "It is waiting to be encoded; %(count)s videos are ahead of it.",
            ahead,
        ) % {"count": ahead}

    @property
    def when(self) -> str:
        """The forecast, in the time zone of whoever reads it; empty when nothing is going on."""
        if not self.open:
            return ""
        if self.forecast is None:
            return _("No forecast yet: there is too little to go by.")
        times = {"watchable": clock(self.forecast.watchable_at), "done": clock(self.forecast.done_at)}
        if self.partly or times["watchable"] == times["done"]:
            return _("Probably all done at %(done)s.") % times
        return _("Probably watchable at %(watchable)s, all done at %(done)s.") % times

    @property
    def watchable_clock(self) -> str:
        return clock(self.forecast.watchable_at) if self.forecast else ""

    @property
    def for_visitors(self) -> str:
        """What a visitor of the part page is told while there is nothing to watch."""
        if self.code in {"encoding", "publishing"}:
            said = _("The recording is being prepared: %(percent)s %% done.") % {"percent": self.percent or 0}
        elif self.open:
            said = _("The recording has arrived and is waiting to be prepared.")
        else:
            return _("The recording is not available at the moment.")
        if self.forecast is None:
            return said
        return f"{said} {in_a_while(self.forecast.watchable_at - timezone.now())}"


def code_of(latest: Transcode, progress: Progress | None) -> str:
    """An encode whose pieces are under way is itself parked, and one without pieces is only being looked at."""
    code = CODES[Status(latest.status)]
    if code not in {"waiting", "encoding"}:
        return code
    if latest.stage == Stage.PUBLISH:
        return "publishing"
    if latest.stage == Stage.PIECES:
        return "encoding" if progress and progress.begun else "waiting"
    if latest.stage == Stage.REMOTE:
        return "encoding" if latest.seconds_done else "waiting"
    return "planning" if code == "encoding" and not latest.seconds_done else code


def clock(moment: datetime) -> str:
    """14:08 for today, with the day for any other, in the present time zone."""
    local = timezone.localtime(moment)
    at = time_format(local, "H:i")
    if local.date() == timezone.localdate():
        return at
    return _("%(time)s on %(day)s") % {"time": at, "day": date_format(local, "MONTH_DAY_FORMAT")}


def in_a_while(wait: timedelta) -> str:
    """For visitors, whose time zone nobody knows."""
    minutes = max(1, round(wait.total_seconds() / 60))
    if minutes < 90:
        return ngettext(
            "You can probably watch it in about %(count)s minute.",
            "You can probably watch it in about %(count)s minutes.",
            minutes,
        ) % {"count": minutes}
    hours = round(minutes / 60)
    return ngettext(
        "You can probably watch it in about %(count)s hour.",
        "You can probably watch it in about %(count)s hours.",
        hours,
    ) % {"count": hours}
