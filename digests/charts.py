"""Charts drawn by the server: numbers in, shapes out; the template writes them as SVG, with the table beneath.

All lengths are units of the drawing, which scales with the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 640
BAR, GAP, LABELS = 24, 10, 150
LINES_HIGH, LEFT, BOTTOM, TOP = 240, 44, 28, 10
#: Lines are told apart without colour, too.
DASHES = ("", "8 4", "2 3", "12 4 2 4", "1 5", "6 2 2 2 2 2")


@dataclass(frozen=True)
class Bar:
    label: str
    number: int
    name: str
    y: int
    width: float

    @property
    def text_y(self) -> float:
        return self.y + BAR / 2 + 5

    @property
    def number_x(self) -> float:
        return LABELS + self.width + 8


@dataclass(frozen=True)
class BarChart:
    bars: list[Bar]

    @property
    def height(self) -> int:
        return len(self.bars) * (BAR + GAP)


def bar_chart(rows: Sequence[tuple[str, str, int]]) -> BarChart:
    """`rows` are (name, label, number), the name for a class."""
    most = max((number for _name, _label, number in rows), default=0) or 1
    room = WIDTH - LABELS - 90
    return BarChart(
        [
            Bar(label, number, name, place * (BAR + GAP), number / most * room)
            for place, (name, label, number) in enumerate(rows)
        ]
    )


@dataclass(frozen=True)
class Curve:
    label: str
    points: str
    dash: str
    number: int
    end_y: float


@dataclass(frozen=True)
class Mark:
    label: str
    at: float


@dataclass(frozen=True)
class LineChart:
    curves: list[Curve]
    columns: list[Mark]
    rows: list[Mark]
    height: int = LINES_HIGH
    left: int = LEFT


def line_chart(labels: Sequence[str], lines: Sequence[tuple[str, Sequence[int]]]) -> LineChart:
    """`lines` are (label, a number for each of `labels`)."""
    most = max((number for _label, numbers in lines for number in numbers), default=0)
    most = max(most, 2)
    step = (WIDTH - LEFT - 20) / max(len(labels) - 1, 1)
    room = LINES_HIGH - BOTTOM - TOP

    def y(number: float) -> float:
        return round(TOP + room * (1 - number / most), 1)

    curves = [
        Curve(
            label,
            " ".join(f"{LEFT + place * step:.1f},{y(number)}" for place, number in enumerate(numbers)),
            DASHES[index % len(DASHES)],
            index % len(DASHES),
            y(numbers[-1]) if numbers else 0,
        )
        for index, (label, numbers) in enumerate(lines)
    ]
    columns = [Mark(label, round(LEFT + place * step, 1)) for place, label in enumerate(labels)]
    return LineChart(curves, columns, [Mark(str(round(most * part / 2)), y(most * part / 2)) for part in (0, 1, 2)])
