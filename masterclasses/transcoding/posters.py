"""Choosing the still picture that stands for a video."""

from __future__ import annotations

from pathlib import Path

from django.core.files.storage import default_storage
from PIL import Image, ImageFilter, ImageStat

from masterclasses.models import Transcode

DARK = 24  # mean brightness of 255 below which a picture counts as black


def liveliness(path: Path) -> float:
    """How much there is to see: contrast and detail, and next to nothing for a black or white picture."""
    with Image.open(path) as image:
        grey = image.convert("L").resize((160, 90))
    brightness, contrast = ImageStat.Stat(grey).mean[0], ImageStat.Stat(grey).stddev[0]
    detail = ImageStat.Stat(grey.filter(ImageFilter.FIND_EDGES)).mean[0]
    return (contrast + detail) * (0.1 if brightness < DARK else 1)


def best_of(candidates: list[Path]) -> Path | None:
    """The liveliest candidate; the earliest of equals. None when there are none."""
    return max(candidates, key=liveliness, default=None)


def candidates(transcode: Transcode | None) -> list[str]:
    """The names of the stills that a published encode offers."""
    if transcode is None or not transcode.folder:
        return []
    try:
        names = default_storage.listdir(transcode.folder)[1]
    except FileNotFoundError:
        return []
    return sorted(name for name in names if name.startswith("poster_"))
