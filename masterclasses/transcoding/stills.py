"""Still pictures: candidates for the poster, and a storyboard for the seek bar. Command lines, and the WebVTT file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil

from masterclasses.transcoding.commands import input_options, opening, to_ordinary
from masterclasses.transcoding.ladder import Plan

POSTER = "poster.jpg"
POSTER_CANDIDATES = 8
POSTER_LONG_SIDE = 1280
STORYBOARD = "storyboard.vtt"
TILE_LONG_SIDE = 160
TILES_ACROSS = 10
TILES_A_SPRITE = 100
#: Seconds between two tiles, of videos up to so many seconds; longer ones have at most `MOST_TILES`.
INTERVALS = ((300, 2.0), (1800, 5.0), (7200, 10.0))
MOST_TILES = 720
#: Key frames are enough when there are that many for each picture wanted.
ENOUGH = 1.5


@dataclass(frozen=True)
class Storyboard:
    """`interval` in seconds; `width` and `height` of one tile in pixels."""

    interval: float
    tiles: int
    width: int
    height: int

    @property
    def across(self) -> int:
        return min(TILES_ACROSS, self.tiles)

    @property
    def down(self) -> int:
        return min(ceil(self.tiles / self.across), TILES_A_SPRITE // TILES_ACROSS)

    @property
    def sprites(self) -> int:
        return ceil(self.tiles / (self.across * self.down))

    @classmethod
    def of(cls, plan: Plan) -> Storyboard:
        seconds = plan.at(plan.frames)
        interval = next((wait for up_to, wait in INTERVALS if seconds <= up_to), seconds / MOST_TILES)
        width, height = fitted(plan, TILE_LONG_SIDE)
        return cls(interval, max(1, ceil(seconds / interval - 0.01)), width, height)


def sprite_name(number: int) -> str:
    return f"storyboard_{number:02d}.jpg"


def poster_name(number: int) -> str:
    return f"poster_{number:02d}.jpg"


def fitted(plan: Plan, long_side: int) -> tuple[int, int]:
    """The largest rung made small, with even sides."""
    largest = plan.largest
    shrink = min(1.0, long_side / max(largest.width, largest.height))
    return 2 * max(1, round(largest.width * shrink / 2)), 2 * max(1, round(largest.height * shrink / 2))


def planned(plan: Plan, keys: Sequence[float]) -> Plan:
    """The plan, saying whether there are so many key frames that nothing else needs to be decoded for stills."""
    board = Storyboard.of(plan)
    gaps = [after - before for before, after in zip(keys, [*keys[1:], plan.seconds], strict=False)]
    wanted = ENOUGH * max(board.tiles, POSTER_CANDIDATES)
    return replace(plan, stills_from_keys=len(keys) >= wanted and max(gaps) <= 2 * board.interval)


def stills_command(ffmpeg: str, source: str, plan: Plan, *, threads: int) -> list[str]:
    """Posters from the middle of each eighth of the video; one tile for the beginning of each interval."""
    skip = ["-skip_frame", "nokey"] if plan.stills_from_keys else []
    return [
        *(*opening(ffmpeg), *input_options(), "-copyts", "-start_at_zero", "-threads", str(threads), *skip),
        *("-an", "-i", f"file:{source}", "-filter_complex", filter_graph(plan), "-map_metadata", "-1"),
        *("-map", "[posters]", "-frames:v", str(POSTER_CANDIDATES), "-q:v", "3", "-f", "image2", "poster_%02d.jpg"),
        *("-map", "[tiles]", "-frames:v", str(Storyboard.of(plan).sprites), "-q:v", "5"),
        *("-f", "image2", "storyboard_%02d.jpg"),
    ]


def filter_graph(plan: Plan) -> str:
    board, (width, height) = Storyboard.of(plan), fitted(plan, POSTER_LONG_SIDE)
    seconds = max(plan.at(plan.frames), 0.1)
    eighth = seconds / POSTER_CANDIDATES
    ordinary = f"scale={plan.largest.width}:{plan.largest.height},{to_ordinary(plan)}," if plan.tone else ""
    return ";".join(
        [
            "[0:V:0]split=2[for_posters][for_tiles]",
            f"[for_posters]setpts=PTS-{eighth / 2:.6f}/TB,fps=fps={1 / eighth:.9f}:start_time=0:round=up,"
            f"trim=end_frame={POSTER_CANDIDATES},{ordinary}scale={width}:{height},setsar=1,format=yuvj420p[posters]",
            f"[for_tiles]fps=fps={1 / board.interval:.9f}:start_time=0:round=up,trim=end_frame={board.tiles},{ordinary}"
            f"scale={board.width}:{board.height},setsar=1,format=yuvj420p,tile={board.across}x{board.down}[tiles]",
        ]
    )


def storyboard_vtt(board: Storyboard, seconds: float) -> str:
    """WebVTT whose cues name a part of a sprite by a media fragment (`#xywh=`)."""
    a_sprite = board.across * board.down
    lines = ["WEBVTT", ""]
    for tile in range(board.tiles):
        begin = tile * board.interval
        end = seconds if tile == board.tiles - 1 else begin + board.interval
        x, y = tile % board.across * board.width, tile % a_sprite // board.across * board.height
        name = sprite_name(tile // a_sprite + 1)
        lines += [f"{clock(begin)} --> {clock(end)}", f"{name}#xywh={x},{y},{board.width},{board.height}", ""]
    return "\n".join(lines)


def clock(seconds: float) -> str:
    thousandths = round(seconds * 1000)
    return f"{thousandths // 3_600_000:02d}:{thousandths // 60_000 % 60:02d}:{thousandths % 60_000 / 1000:06.3f}"
