"""`uv run python -m tests.screens`: a picture of every page type, by size and theme, into var/screens/."""

from __future__ import annotations

import argparse
from contextlib import nullcontext
from pathlib import Path

from playwright.sync_api import sync_playwright
from rich.progress import track

from tests.architecture.source import ROOT
from tests.chromium import ARGUMENTS, find_chromium
from tests.screens import portal
from tests.screens.addresses import shots
from tests.screens.camera import Camera, looks


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.screens", description=__doc__)
    parser.add_argument("--url", help="A portal that is running with the sample community; without it one is started.")
    parser.add_argument("--into", type=Path, default=ROOT / "var" / "screens", help="The folder (var/screens).")
    parser.add_argument("--only", nargs="*", default=[], help="Names of pages, such as home article.")
    parser.add_argument("--look", default="", help="Part of a file's name, such as phone-dark or rtl.")
    options = parser.parse_args()
    options.into.mkdir(parents=True, exist_ok=True)
    with nullcontext(options.url.rstrip("/")) if options.url else portal.running() as base:
        count = take_all(base, options.into, options.only, options.look)
    print(f"{count} pictures in {options.into}")


def take_all(base: str, into: Path, only: list[str], part: str) -> int:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        camera = Camera(browser, base, into)
        wanted = [shot for shot in shots(camera.tab(), base) if not only or shot.name in only]
        todo = [(shot, look) for shot in wanted for look in looks(shot) if part in look.file(into, shot).stem]
        for shot, look in track(todo, description="Taking pictures"):
            camera.take(shot, look)
        camera.close()
        browser.close()
    return len(todo)


if __name__ == "__main__":
    main()
