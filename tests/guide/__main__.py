"""Take the pictures of the editors' guide: `uv run python -m tests.guide http://localhost:8000`.

The portal there has the sample community. Pictures go to docs/editors/pictures, or to --to.
"""

from __future__ import annotations

import argparse
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.architecture.source import ROOT

ADDRESSES = {
    "home": "/admin/",
    "calendar": "/admin/calendar/",
    "articles": "/admin/articles/",
    "checks": "/admin/reports/content-checks/",
}
WIDTH, HEIGHT = 1280, 800
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
QUALITY = 70


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m tests.guide", description=__doc__)
    asked.add_argument("portal", help="Address of the portal.")
    asked.add_argument("--email", default="admin@example.org")
    asked.add_argument("--password", default="portal-admin")
    asked.add_argument("--to", type=Path, default=ROOT / "docs" / "editors" / "pictures")
    given = asked.parse_args()
    given.to.mkdir(parents=True, exist_ok=True)
    with browser() as page:
        sign_in(page, given.portal, given.email, given.password)
        for name, address in ADDRESSES.items():
            page.goto(given.portal + address)
            if name == "checks":
                finding = page.locator("td .desk-findings a").first.get_attribute("href") or ""
                page.goto(given.portal + finding.partition("#")[0])
            store(page, given.to / f"{name}.webp")


@contextmanager
def browser() -> Iterator[Page]:
    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=options)
        yield chromium.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
        chromium.close()


def sign_in(page: Page, portal: str, email: str, password: str) -> None:
    page.goto(f"{portal}/accounts/login/")
    page.fill("[name=login]", email)
    page.fill("[name=password]", password)
    page.press("[name=password]", "Enter")
    page.wait_for_load_state()


def store(page: Page, path: Path) -> None:
    page.wait_for_load_state("networkidle")
    Image.open(io.BytesIO(page.screenshot())).save(path, "WEBP", quality=QUALITY, method=6)
    print(f"{path.name}: {path.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main()
