"""What a player tells in one request: beats of its session, and where it is."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from masterclasses.models import PartPage, WatchCoverage
from masterclasses.watching.beats import Beat, Refusal, number_in, read_beat
from masterclasses.watching.plausibility import OLDEST
from masterclasses.watching.positions import record_position
from masterclasses.watching.recording import Receipt, record_beats
from masterclasses.watching.sessions import Session, read

if TYPE_CHECKING:
    from accounts.models import User


@dataclass
class Told:
    """What became of a message. A refused beat is named as its sender named it, if it did so with a number."""

    receipt: Receipt
    refused: list[tuple[Any, Refusal]] = field(default_factory=list)
    position_kept: bool = False

    @property
    def counts(self) -> bool:
        """Whether anything of it was good, be it new or known."""
        return bool(self.receipt.taken or self.receipt.known or self.position_kept)


@dataclass(frozen=True)
class Message:
    session: Session | None = None
    beats: Sequence[Any] = ()
    position: Any = None

    @classmethod
    def of(cls, body: bytes) -> Message:
        """Read JSON; what is none, or of another form, says nothing."""
        try:
            found = json.loads(body)
        except (ValueError, RecursionError):
            return cls()
        if not isinstance(found, dict):
            return cls()
        beats = found.get("beats")
        return cls(read(found.get("session")), beats if isinstance(beats, list) else (), found.get("position"))

    @transaction.atomic
    def record(self, person: User, part: PartPage) -> Told:
        """Write down what can be true of it."""
        heard = [read_beat(raw) for raw in self.beats]
        good = [beat for beat in heard if isinstance(beat, Beat)]
        bad = [(_name(raw), why) for raw, why in zip(self.beats, heard, strict=True) if isinstance(why, Refusal)]
        if good and self.session:
            receipt = record_beats(person=person, part=part, session=self.session, beats=good)
        else:
            receipt = Receipt(WatchCoverage.objects.filter(person=person.pk, part=part.pk).first())
        kept = self._record_position(person, part)
        return Told(receipt, [*bad, *receipt.refused.items()], kept)

    def _record_position(self, person: User, part: PartPage) -> bool:
        if not isinstance(self.position, dict):
            return False
        seconds, at = number_in(self.position, "seconds"), number_in(self.position, "at")
        now = timezone.now().timestamp()
        if seconds is None or at is None or at / 1000 < now - OLDEST:
            return False
        measured_at = datetime.fromtimestamp(min(at / 1000, now), tz=UTC)
        record_position(person=person, part=part, seconds=seconds, measured_at=measured_at)
        return True


def _name(raw: object) -> int | None:
    found = raw.get("sequence") if isinstance(raw, dict) else None
    return found if isinstance(found, int) and abs(found) < 2**53 else None
