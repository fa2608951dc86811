"""Whether a beat can be true. Pure: times are in seconds since 1970, by the server's clock."""

from __future__ import annotations

from dataclasses import dataclass

from masterclasses.watching.beats import Beat, Refusal

#: A beat may wait for a connection this long.
OLDEST = 30 * 24 * 3600.0
#: Seconds, and share of the time that went by, by which two honest clocks may differ.
TOLERANCE, DRIFT = 3.0, 0.01


@dataclass(frozen=True)
class Used:
    """The seconds that all beats of a session took to play, and when the latest of them ended."""

    wall: float = 0.0
    latest: float = 0.0

    def and_also(self, beat: Beat) -> Used:
        return Used(self.wall + beat.wall, max(self.latest, beat.measured))


def judge(beat: Beat, *, began: float, used: Used, now: float) -> Refusal | None:
    """Say what makes a beat implausible, if anything does.

    A session cannot have played more than there was time for between its beginning and its latest beat. Beats of an
    honest player do not overlap in time, so each of them holds to this in whatever order they come.
    """
    if beat.measured > now + TOLERANCE:
        return Refusal.FUTURE
    if beat.measured < now - OLDEST:
        return Refusal.OLD
    if beat.measured - beat.wall < began - TOLERANCE:
        return Refusal.EARLY
    together = used.and_also(beat)
    there_was = together.latest - began
    return Refusal.TOO_MUCH if together.wall > there_was * (1 + DRIFT) + TOLERANCE else None
