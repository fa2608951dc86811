"""What is still to be encoded, what was encoded lately, and what follows from both: a few queries, however much."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Case, F, FloatField, Max, Min, Sum, Value, When
from django.db.models.functions import Greatest, Least
from django.utils import timezone

from masterclasses.models import Piece, Transcode
from masterclasses.status.forecasts import Accuracy, Ahead, Forecast, History, Past, foretell
from masterclasses.transcoding.planning import rank_of

Status, Stage = Transcode.Status, Transcode.Stage
#: How many finished pieces and encodes make the history.
LATELY = 300
#: More than these are not looked at: nobody is told of a place that far back.
LONGEST_QUEUE = 5000
#: Of an encode that is not planned yet: what was usual lately, per second of the source and wave.
Usual = dict[tuple[str, int], float]
DONE_SHARE = Case(
    When(status=Status.DONE, then=Value(1.0)),
    When(seconds__gt=0, then=Greatest(Value(0.0), Least(F("seconds_done") / F("seconds"), Value(1.0)))),
    default=Value(0.0),
    output_field=FloatField(),
)


@dataclass(frozen=True)
class Open:
    """An encode that is not over: whether anything of it is under way, and the rank of what waits of it first."""

    pk: int
    stage: str
    seconds: float
    arrived: datetime


class Backlog:
    def __init__(self, now: datetime | None = None) -> None:
        self.now = now or timezone.now()

    @cached_property
    def queue(self) -> list[Ahead]:
        """Every piece that is still to be done, those of unplanned encodes as they are usual, in the queue's order."""
        planned = [(row["rank"], _ahead(row, self.now)) for row in _open_pieces()]
        known = {piece.transcode for _rank, piece in planned}
        unplanned = [open_ for open_ in self.unplanned if open_.pk not in known]
        usual = usual_costs() if unplanned else {}
        guessed = [
            (rank_of(row.arrived, row.seconds, wave), Ahead(row.pk, role, wave, cost * row.seconds))
            for row in unplanned
            for (role, wave), cost in usual.items()
        ]
        return [piece for _rank, piece in sorted([*planned, *guessed], key=lambda ranked: ranked[0])]

    @cached_property
    def unplanned(self) -> list[Open]:
        rows = Transcode.objects.open().filter(stage=Stage.PLAN).order_by("created_at", "pk")
        values = rows.values_list("pk", "stage", "seconds_total", "created_at")
        return [Open(*row) for row in values[:LONGEST_QUEUE]]

    @cached_property
    def history(self) -> History:
        rows = Piece.objects.filter(status=Status.DONE).order_by("-pk")
        values = rows.values_list("role", "cost", "started_at", "finished_at")[:LATELY]
        pasts = [Past(role, cost, began, ended) for role, cost, began, ended in values if began and ended]
        return History.of(pasts, publishing_seconds())

    @cached_property
    def forecasts(self) -> dict[int, Forecast]:
        return foretell(self.queue, self.history, self.now)

    @cached_property
    def places(self) -> dict[int, int]:
        """Encodes of which nothing has begun, by their place in the queue, from 1."""
        open_ones = Piece.objects.filter(transcode__status__in=Transcode.OPEN)
        begun = set(open_ones.filter(status__in=(Status.RUNNING, Status.DONE)).values_list("transcode", flat=True))
        order = dict.fromkeys([*(p.transcode for p in self.queue), *(row.pk for row in self.unplanned)])
        return {pk: place for place, pk in enumerate((pk for pk in order if pk not in begun), start=1)}


@dataclass(frozen=True)
class Progress:
    """What an encode's pieces add up to, in their cost."""

    total: float
    done: float
    begun: bool

    @property
    def percent(self) -> int:
        """100 is kept for what is published."""
        return max(0, min(Transcode.ALMOST, int(100 * self.done / self.total))) if self.total else 0


def progress_of(transcodes: Iterable[int]) -> dict[int, Progress]:
    """The progress of encodes that are planned, in one query."""
    pieces = Piece.objects.filter(transcode__in=list(transcodes)).exclude(status=Status.CANCELLED).order_by()
    rows = pieces.values("transcode").annotate(
        total=Sum("cost"),
        done=Sum(F("cost") * DONE_SHARE),
        begun=Max(Case(When(status__in=(Status.RUNNING, Status.DONE), then=Value(1)), default=Value(0))),
    )
    return {row["transcode"]: Progress(row["total"], row["done"], bool(row["begun"])) for row in rows}


def accuracy(which: str = "done") -> Accuracy | None:
    """How good past forecasts were; `which` is done or watchable."""
    expected, came = f"expected_{which}_at", "finished_at" if which == "done" else "watchable_at"
    rows = Transcode.objects.filter(status=Status.DONE, **{f"{expected}__isnull": False, f"{came}__isnull": False})
    told = rows.order_by("-pk").annotate(told=Min("pieces__created_at")).exclude(told=None)
    return Accuracy.of(told.values_list("told", expected, came)[:LATELY])


def remember_forecast(transcode: Transcode, now: datetime | None = None) -> None:
    """Store what is foretold now that the encode is planned, to be compared with what comes; once."""
    forecast = Backlog(now).forecasts.get(transcode.pk)
    if forecast:
        Transcode.objects.filter(pk=transcode.pk, expected_done_at=None).update(
            expected_watchable_at=forecast.watchable_at, expected_done_at=forecast.done_at
        )


def usual_costs() -> Usual:
    """Cost for each second of a source, by role and wave, of what was encoded lately."""
    lately = Transcode.objects.filter(status=Status.DONE, seconds_total__gt=0).order_by("-pk")[:LATELY]
    seconds = dict(lately.values_list("pk", "seconds_total"))
    total = sum(seconds.values())
    costs = (
        Piece.objects.filter(transcode__in=list(seconds)).order_by().values("role", "wave").annotate(cost=Sum("cost"))
    )
    return {(row["role"], row["wave"]): row["cost"] / total for row in costs if row["cost"]} if total else {}


def publishing_seconds() -> list[float]:
    """From the end of the last piece to that of the encode, lately."""
    done = Transcode.objects.filter(status=Status.DONE).order_by("-pk").annotate(last=Max("pieces__finished_at"))
    rows = done.exclude(last=None).values_list("last", "finished_at")[:LATELY]
    return [(finished - last).total_seconds() for last, finished in rows if finished]


def _open_pieces() -> Any:
    pieces = Piece.objects.open().annotate(left=F("cost") * (Value(1.0) - DONE_SHARE)).order_by("rank", "pk")
    return pieces.values("transcode", "role", "wave", "left", "status", "next_try_at", "rank")[:LONGEST_QUEUE]


def _ahead(row: dict[str, Any], now: datetime) -> Ahead:
    held_back = row["status"] == Status.WAITING and row["next_try_at"] > now
    return Ahead(
        transcode=row["transcode"],
        role=row["role"],
        wave=row["wave"],
        cost=row["left"],
        running=row["status"] == Status.RUNNING,
        not_before=row["next_try_at"] if held_back else None,
    )
