"""Films of titled slides with a soft chord under each, made on the spot by ffmpeg."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from portal.sample.covers import palette

SIZE = (1280, 720)
FRAME_RATE = 8
CHORDS = ((220.0, 277.18, 329.63), (196.0, 246.94, 293.66), (174.61, 220.0, 261.63), (164.81, 207.65, 246.94))
Slide = dict[str, Any]


def draw_slide(slide: Slide, number: int, count: int, series: str, hue: int) -> Image.Image:
    colours = palette(hue)
    image = Image.new("RGB", SIZE, colours[0])
    draw = ImageDraw.Draw(image)
    draw.ellipse((940, -260, 1560, 360), fill=colours[1])
    draw.ellipse((1090, -120, 1420, 210), fill=colours[2])
    draw.text((90, 84), series, font=ImageFont.load_default(26), fill=colours[4])
    draw.multiline_text(
        (90, 150), _wrapped(slide["title"], 30), font=ImageFont.load_default(58), fill="white", spacing=14
    )
    top = 330 if len(slide["title"]) <= 30 else 390
    for index, line in enumerate(slide["lines"]):
        y = top + index * 68
        draw.rounded_rectangle((90, y + 12, 106, y + 28), 4, fill=colours[3])
        draw.text((132, y), line, font=ImageFont.load_default(34), fill="white")
    draw.text((1150, 640), f"{number} / {count}", font=ImageFont.load_default(24), fill=colours[4])
    return image


def _wrapped(text: str, width: int) -> str:
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines)


def make_film(ffmpeg: str, slides: list[Slide], series: str, hue: int, target: Path) -> None:
    """Write an MP4 of all slides, each for its `seconds`. Raises CalledProcessError when ffmpeg fails."""
    playlist = target.with_suffix(".txt")
    entries = []
    for number, slide in enumerate(slides, start=1):
        picture = target.with_name(f"{target.stem}-{number}.png")
        draw_slide(slide, number, len(slides), series, hue).save(picture, compress_level=1)
        entries.append(f"file '{picture.name}'\nduration {slide['seconds']}")
    playlist.write_text("\n".join([*entries, entries[-1].splitlines()[0]]))
    seconds = sum(slide["seconds"] for slide in slides)
    bar = f"color=white:s={SIZE[0]}x8:r={FRAME_RATE},format=yuv420p[bar]"
    film = f"[0:v]fps={FRAME_RATE},format=yuv420p[slides];{bar};[slides][bar]overlay=x='-W+W*t/{seconds}':y=H-8[film]"
    arguments = [ffmpeg, "-y", "-nostdin", "-v", "error", "-f", "concat", "-i", str(playlist)]
    arguments += ["-f", "lavfi", "-i", f"aevalsrc={_sound(slides)}:s=8000:d={seconds}"]
    arguments += ["-filter_complex", film, "-map", "[film]", "-map", "1:a", "-t", str(seconds)]
    arguments += ["-c:v", "libx264", "-preset", "ultrafast", "-crf", "20", "-g", "32", "-c:a", "aac", "-b:a", "96k"]
    subprocess.run([*arguments, str(target)], check=True, capture_output=True)


def _sound(slides: list[Slide]) -> str:
    """A chord that swells once a slide; a mathematical expression in ffmpeg's own syntax."""
    parts, start = [], 0.0
    for index, slide in enumerate(slides):
        end = start + slide["seconds"]
        tones = "+".join(f"sin({tone}*2*PI*t)" for tone in CHORDS[index % len(CHORDS)])
        swell = f"sin(PI*(t-{start})/{slide['seconds']})"
        parts.append(f"between(t,{start},{end})*0.06*{swell}*({tones})")
        start = end
    return "'" + "+".join(parts) + "'"


def captions(slides: list[Slide]) -> str:
    """Return what is said over the slides as WebVTT."""
    cues, start = ["WEBVTT"], 0.0
    for slide in slides:
        end = start + slide["seconds"]
        cues.append(f"{_stamp(start + 0.2)} --> {_stamp(end - 0.2)}\n{slide['narration'].strip()}")
        start = end
    return "\n\n".join(cues) + "\n"


def _stamp(seconds: float) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{int(minutes):02d}:{rest:06.3f}"


def chapters(slides: list[Slide]) -> list[tuple[int, str]]:
    """Return (second, title) of every slide that begins a chapter."""
    found, start = [], 0
    for slide in slides:
        if slide.get("chapter"):
            found.append((start, slide["chapter"]))
        start += slide["seconds"]
    return found
