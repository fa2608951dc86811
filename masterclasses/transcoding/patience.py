"""How long ffmpeg may take, and whether it moves at all."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from masterclasses.transcoding.causes import HANGING, TOO_SLOW, EncodeFailed


@dataclass(frozen=True)
class Patience:
    """In seconds: how long the whole may take, how long nothing may move, and how long the last touches may take."""

    whole: float
    still: float = 60
    finishing: float = 600

    @classmethod
    def for_video(cls, seconds: float) -> Patience:
        return cls(whole=max(600, 4 * seconds))


@dataclass
class Watch:
    """Reads ffmpeg's progress and knows when it has stood still for too long."""

    patience: Patience
    seconds_total: float
    #: Of pictures: their number is counted, for the clock of a piece need not begin at nought.
    fps: float = 0
    began: float = field(default_factory=time.monotonic)
    moved: float = field(default_factory=time.monotonic)
    seconds_done: float = 0
    _rest: str = ""

    def read(self, text: str) -> None:
        *lines, self._rest = (self._rest + text).split("\n")
        for line in lines:
            done = seconds_of_pictures(line, self.fps) if self.fps else seconds_in(line)
            if done is not None and done > self.seconds_done:
                self.seconds_done, self.moved = done, time.monotonic()

    def check(self) -> None:
        """Raises EncodeFailed when patience is at its end."""
        now = time.monotonic()
        if now - self.began > self.patience.whole:
            raise EncodeFailed(TOO_SLOW, try_again=False)
        nearly_done = self.seconds_total and self.seconds_done >= self.seconds_total - 1
        if now - self.moved > (self.patience.finishing if nearly_done else self.patience.still):
            raise EncodeFailed(HANGING, try_again=True)


def seconds_in(line: str) -> float | None:
    """Seconds from a line of `-progress` output, None from any other. `out_time_ms` is in microseconds, too."""
    key, _equals, value = line.strip().partition("=")
    if key not in {"out_time_us", "out_time_ms"}:
        return None
    try:
        return max(0.0, int(value) / 1_000_000)
    except ValueError:
        return None


def seconds_of_pictures(line: str, fps: float) -> float | None:
    """The same from the number of pictures encoded."""
    key, _equals, value = line.strip().partition("=")
    return int(value) / fps if key == "frame" and value.strip().isdigit() else None
