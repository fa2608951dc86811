"""Covers drawn from a motif and a hue: varied, pleasant, and the same every time."""

from __future__ import annotations

import colorsys
import io
import math
import random
from collections.abc import Callable

from PIL import Image, ImageDraw

SIZE = (1280, 720)
OVERSAMPLE = 2
Colour = tuple[int, int, int]
Painter = Callable[[ImageDraw.ImageDraw, random.Random, list[Colour], int, int], None]


def palette(hue: int) -> list[Colour]:
    """Five colours from dark ground to light accent, with a neighbour of the hue among them."""
    steps = ((0, 0.24, 0.55), (0, 0.34, 0.55), (14, 0.47, 0.58), (28, 0.62, 0.66), (48, 0.80, 0.78))
    return [_rgb((hue + turn) % 360, lightness, saturation) for turn, lightness, saturation in steps]


def _rgb(hue: float, lightness: float, saturation: float) -> Colour:
    red, green, blue = colorsys.hls_to_rgb(hue / 360, lightness, saturation)
    return round(red * 255), round(green * 255), round(blue * 255)


def circles(draw: ImageDraw.ImageDraw, dice: random.Random, colours: list[Colour], width: int, height: int) -> None:
    for _ in range(11):
        radius = dice.randint(height // 12, height // 3)
        x, y = dice.randint(0, width), dice.randint(0, height)
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=dice.choice(colours[1:]))
        inner = radius * dice.uniform(0.3, 0.7)
        draw.ellipse((x - inner, y - inner, x + inner, y + inner), fill=dice.choice(colours))


def waves(draw: ImageDraw.ImageDraw, dice: random.Random, colours: list[Colour], width: int, height: int) -> None:
    for layer in range(5):
        base, swing = height * (0.2 + layer * 0.17), height * dice.uniform(0.04, 0.11)
        phase, length = dice.uniform(0, math.tau), width / dice.uniform(1.2, 2.6)
        crest = [(x, base + swing * math.sin(phase + x / length * math.tau)) for x in range(0, width + 16, 16)]
        draw.polygon([*crest, (width, height), (0, height)], fill=colours[(layer + 1) % len(colours)])


def grid(draw: ImageDraw.ImageDraw, dice: random.Random, colours: list[Colour], width: int, height: int) -> None:
    cell = height // 6
    for top in range(0, height, cell):
        for left in range(0, width, cell):
            box = (left, top, left + cell, top + cell)
            shape = dice.random()
            if shape < 0.35:
                draw.rectangle(box, fill=dice.choice(colours))
            elif shape < 0.75:
                draw.pieslice((left - cell, top, left + cell, top + 2 * cell), 270, 360, fill=dice.choice(colours[1:]))
            else:
                draw.ellipse(box, fill=dice.choice(colours[2:]))


def steps(draw: ImageDraw.ImageDraw, dice: random.Random, colours: list[Colour], width: int, height: int) -> None:
    count = 9
    rise = [height * (0.86 - 0.08 * index + dice.uniform(-0.03, 0.03)) for index in range(count)]
    for index, top in enumerate(rise):
        left = index * width / count
        draw.rectangle((left, top, left + width / count + 1, height), fill=colours[1 + index % 3])
        draw.rectangle((left, top, left + width / count + 1, top + height / 60), fill=colours[4])
    sun = height / 7
    x, y = width * 0.22, height * 0.28
    draw.ellipse((x - sun, y - sun, x + sun, y + sun), fill=colours[3])


def arcs(draw: ImageDraw.ImageDraw, dice: random.Random, colours: list[Colour], width: int, height: int) -> None:
    for _ in range(3):
        x, y = dice.choice((0, width // 3, width * 2 // 3, width)), dice.choice((0, height, height))
        for ring in range(9, 0, -1):
            radius = ring * height / dice.uniform(8.5, 10)
            draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colours[ring % len(colours)])


def triangles(draw: ImageDraw.ImageDraw, dice: random.Random, colours: list[Colour], width: int, height: int) -> None:
    side = height // 4
    for row in range(5):
        for column in range(-1, 2 * width // side + 1):
            left, top = column * side / 2, row * side
            upward = (row + column) % 2
            tip = [(left + side / 2, top), (left, top + side), (left + side, top + side)]
            flipped = [(left, top), (left + side, top), (left + side / 2, top + side)]
            draw.polygon(tip if upward else flipped, fill=dice.choice(colours[:4] if dice.random() < 0.85 else colours))


PAINTERS: dict[str, Painter] = {
    "circles": circles,
    "waves": waves,
    "grid": grid,
    "steps": steps,
    "arcs": arcs,
    "triangles": triangles,
}


def draw_cover(motif: str, hue: int, seed: str) -> bytes:
    """Return a cover of 1280 × 720 pixels as JPEG."""
    width, height = SIZE[0] * OVERSAMPLE, SIZE[1] * OVERSAMPLE
    colours = palette(hue)
    image = Image.new("RGB", (width, height), colours[0])
    PAINTERS[motif](ImageDraw.Draw(image), random.Random(seed), colours, width, height)  # noqa: S311
    target = io.BytesIO()
    image.resize(SIZE, Image.Resampling.BOX).save(target, "JPEG", quality=86, optimize=True)
    return target.getvalue()
