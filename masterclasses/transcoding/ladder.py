"""Which sizes a source is encoded in. Pure arithmetic.

A rung is named for its short side, so that an upright phone video and a film in landscape get the same names.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any

from masterclasses.transcoding.probe import Probe
from masterclasses.transcoding.scan import Scan

SHORT_SIDES = (360, 720, 1080)
MP4_AT_MOST = 720
SEGMENT_SECONDS = 4
#: Kilobits a second that a rung may reach, by its number of pixels up to …
PEAKS = ((640 * 360, 900), (960 * 540, 1600), (1280 * 720, 2800), (1920 * 1080, 5000))
PEAK_ABOVE = 8000
#: A source this much larger than the largest usual rung below it gets a rung of its own size.
WORTH_A_RUNG = 1.2


@dataclass(frozen=True)
class Rung:
    width: int
    height: int
    peak_kbits: int
    codec: str = "h264"

    @property
    def lines(self) -> int:
        return min(self.width, self.height)

    @property
    def name(self) -> str:
        return f"{self.lines}p" if self.codec == "h264" else f"{self.lines}p_{self.codec}"

    @property
    def pixels(self) -> int:
        return self.width * self.height


@dataclass(frozen=True)
class Plan:
    """What one encode makes. `rungs` go from small to large, those in H.264 first; `frames` counts pictures at `rate`.

    `tone` says how pictures of high dynamic range become ordinary ones: "" (they are), "tonemap" or "approximate".
    """

    seconds: float
    rate: str
    frames: int
    rungs: tuple[Rung, ...]
    audio_channels: int
    tone: str = ""
    transfer: str = ""
    sound_seconds: float = 0
    #: Whether the source has so many key frames that stills can be taken from them alone.
    stills_from_keys: bool = False

    @property
    def usual_rungs(self) -> tuple[Rung, ...]:
        """The rungs that every device plays."""
        return tuple(rung for rung in self.rungs if rung.codec == "h264")

    @property
    def largest(self) -> Rung:
        return self.usual_rungs[-1]

    @property
    def fps(self) -> Fraction:
        return Fraction(self.rate)

    @property
    def group(self) -> int:
        """Pictures in each group, and in each segment; every rung's groups begin at the same pictures."""
        return max(1, round(SEGMENT_SECONDS * self.fps))

    def named(self, names: list[str]) -> tuple[Rung, ...]:
        return tuple(rung for rung in self.rungs if rung.name in names)

    def at(self, frame: int) -> float:
        """Seconds at which a picture is shown."""
        return float(frame / self.fps)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Plan:
        return cls(**{**data, "rungs": tuple(Rung(**rung) for rung in data["rungs"])})


def mp4_rung(rungs: tuple[Rung, ...]) -> Rung:
    """Of rungs from small to large, the one that is also wrapped as an MP4 file."""
    usual = [rung for rung in rungs if rung.codec == "h264"]
    return [rung for rung in usual if rung.lines <= MP4_AT_MOST or rung is usual[0]][-1]


def plan_for(probe: Probe, scan: Scan, *, av1: bool = False, tonemap: bool = True) -> Plan:
    """Plan an encode; `av1` and `tonemap`: whether that is wanted and ffmpeg has what it needs."""
    usual = rungs_for(probe.display_width, probe.display_height)
    also = tuple(Rung(rung.width, rung.height, rung.peak_kbits * 3 // 5, "av1") for rung in usual) if av1 else ()
    return Plan(
        seconds=scan.seconds,
        rate=probe.rate,
        frames=max(1, round(scan.video_seconds * Fraction(probe.rate))),
        rungs=usual + also,
        audio_channels=min(probe.audio_channels or 2, 2) if probe.has_audio else 0,
        sound_seconds=scan.sound_seconds,
        tone=("tonemap" if tonemap else "approximate") if probe.transfer else "",
        transfer=probe.transfer,
    )


def rungs_for(width: int, height: int) -> tuple[Rung, ...]:
    """Rungs for a picture of `width` × `height` displayed pixels, from small to large, never above the source."""
    source = min(width, height)
    sides = [side for side in SHORT_SIDES if side <= source]
    if not sides or (source < SHORT_SIDES[-1] and source >= sides[-1] * WORTH_A_RUNG):
        sides.append(source)
    return tuple(rung_at(side, width, height) for side in sides)


def rung_at(side: int, width: int, height: int) -> Rung:
    """Scale to a short side of `side`; both sides are even, as 4:2:0 video needs."""
    source = min(width, height)
    wide, high = even(width * side / source, width), even(height * side / source, height)
    return Rung(wide, high, peak_for(wide * high))


def even(exact: float, at_most: int) -> int:
    """The even number nearest to `exact`, but not above `at_most`."""
    nearest = 2 * round(exact / 2)
    return nearest if nearest <= at_most else at_most - at_most % 2


def peak_for(pixels: int) -> int:
    return next((peak for up_to, peak in PEAKS if pixels <= up_to), PEAK_ABOVE)
