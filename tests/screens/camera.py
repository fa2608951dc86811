"""Opens a page as somebody would see it, and keeps a picture of all of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext
from playwright.sync_api import Page as Tab

from tests.screens.addresses import Shot

#: In CSS pixels.
SIZES = {"phone": (390, 844), "desk": (1440, 900)}
TABLET = "tablet"
TABLET_SIZE = (820, 1180)
THEMES = ("light", "dark")
EMAIL, PASSWORD = "practitioner@example.org", "portal-practitioner"
#: The pictures below the fold are loaded when they are scrolled to.
LOAD_ALL = "document.querySelectorAll('img[loading=lazy]').forEach(image => { image.loading = 'eager' })"
TURN_ROUND = "document.documentElement.dir = 'rtl'"
SETTLED_MS = 350


@dataclass(frozen=True)
class Look:
    size: str
    theme: str
    rtl: bool = False

    def file(self, folder: Path, shot: Shot) -> Path:
        return folder / f"{shot.name}-{self.size}-{self.theme}{'-rtl' if self.rtl else ''}.png"


def looks(shot: Shot) -> list[Look]:
    """Phone and desk in both themes; what is important on a tablet and from right to left as well, in the light."""
    usual = [Look(size, theme) for size in SIZES for theme in THEMES]
    usual += [Look(TABLET, "light")] if shot.important else []
    return usual + ([Look(size, "light", rtl=True) for size in SIZES] if shot.important else [])


class Camera:
    """One browser, with a window for each look and one person signed in where a page asks for one."""

    def __init__(self, browser: Browser, base: str, folder: Path) -> None:
        self.browser, self.base, self.folder = browser, base, folder
        self.windows: dict[tuple[str, str, bool], BrowserContext] = {}

    def take(self, shot: Shot, look: Look) -> Path:
        tab = self._window(look, shot.person).new_page()
        try:
            tab.goto(f"{self.base}{shot.address}", wait_until="load")
            tab.evaluate(LOAD_ALL)
            if look.rtl:
                tab.evaluate(TURN_ROUND)
            tab.wait_for_load_state("networkidle")
            tab.wait_for_timeout(SETTLED_MS)
            path = look.file(self.folder, shot)
            tab.screenshot(path=path, full_page=True)
            return path
        finally:
            tab.close()

    def tab(self) -> Tab:
        return self._window(Look("desk", "light"), person=False).new_page()

    def close(self) -> None:
        for window in self.windows.values():
            window.close()

    def _window(self, look: Look, person: bool) -> BrowserContext:
        key = (look.size, look.theme, person)
        if key not in self.windows:
            width, height = SIZES.get(look.size, TABLET_SIZE)
            window = self.browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme="dark" if look.theme == "dark" else "light",
                reduced_motion="reduce",
                locale="en-GB",
            )
            if person:
                self._sign_in(window)
            self.windows[key] = window
        return self.windows[key]

    def _sign_in(self, window: BrowserContext) -> None:
        tab = window.new_page()
        tab.goto(f"{self.base}/accounts/login/")
        tab.get_by_label("Email").fill(EMAIL)
        tab.get_by_label("Password", exact=True).fill(PASSWORD)
        tab.get_by_role("button", name="Sign in", exact=True).click()
        tab.wait_for_load_state("networkidle")
        tab.close()
