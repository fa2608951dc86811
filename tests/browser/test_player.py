"""The player in a real browser: every control, by mouse and by keyboard."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from playwright.sync_api import expect

from masterclasses.templatetags.video_tags import HLS_MODULE
from tests.browser.playing import bar, open_part, seek, settings
from tests.browser.test_masterclasses import plays, until, video


def test_the_controls_do_what_they_say(page, live_server, part, screen):
    complaints = open_part(page, live_server.url, part)
    screen(page, "before")
    video(page, "(v.muted = true)")
    bar(page, "Play").click()
    until(page, "v.currentTime > 0.5")
    bar(page, "Pause").click()
    assert video(page, "v.paused")
    bar(page, "Sound on").click()
    assert not video(page, "v.muted")
    page.get_by_label("Place in the video").fill("12")
    until(page, "Math.abs(v.currentTime - 12) < 1")
    expect(page.get_by_label("Place in the video")).to_have_attribute(
        "aria-valuetext", re.compile("0:12 of 0:24, What it says")
    )
    page.get_by_role("link", name="What it means").click()
    until(page, "v.currentTime >= 16")
    expect(page.get_by_role("link", name="What it means")).to_have_attribute("aria-current", "true")
    assert complaints == []


def test_quality_speed_and_captions_are_chosen_in_the_settings(page, live_server, part, screen):
    complaints = open_part(page, live_server.url, part)
    seek(page, 0)
    panel = settings(page)
    screen(page, "settings")
    panel.get_by_label("Captions").select_option("Deutsch")
    assert video(page, "[...v.textTracks].filter(t => t.mode === 'showing').map(t => t.language)") == ["de"]
    panel.get_by_label("Speed").select_option("1.5")
    assert video(page, "v.playbackRate") == 1.5
    if finders.find(HLS_MODULE):
        assert panel.get_by_label("Quality").locator("option").all_text_contents()[1:] == ["360p", "180p"]
        panel.get_by_label("Quality").select_option("180p")
        video(page, "(v.currentTime = 14)")
        until(page, "v.readyState >= 2 && v.videoHeight === 180")
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    bar(page, "Captions").click()
    expect(page.locator("[data-toast]")).to_have_text("Captions off")
    page.reload()
    expect(bar(page, "Captions")).to_have_attribute("aria-pressed", "false")
    until(page, "v.playbackRate === 1.5")
    assert complaints == []


def test_keys_work_while_the_player_has_the_focus_and_only_then(page, live_server, part):
    open_part(page, live_server.url, part)
    video(page, "(v.muted = true)")
    page.locator("h1").click()
    page.keyboard.press("k")
    assert video(page, "v.paused")
    film = page.locator("video")
    film.press("5")
    until(page, "Math.abs(v.currentTime - 12) < 0.5")
    film.press("l")
    until(page, "v.currentTime >= 21.5")
    film.press("j")
    until(page, "Math.abs(v.currentTime - 12) < 0.5")
    film.press("ArrowLeft")
    until(page, "Math.abs(v.currentTime - 7) < 0.5")
    film.press("Home")
    until(page, "v.currentTime === 0")
    film.press("m")
    assert not video(page, "v.muted")
    film.press("ArrowDown")
    until(page, "v.volume === 0.95")
    film.press("Shift+>")
    assert video(page, "v.playbackRate") == 1.25
    film.press("c")
    expect(bar(page, "Captions")).to_have_attribute("aria-pressed", "false")
    film.press("Space")
    until(page, "!v.paused")
    bar(page, "Pause").press("Space")
    assert video(page, "v.paused"), "Space presses the button that has the focus, once"


def test_every_control_is_reached_by_tab_and_shows_its_focus(page, live_server, part):
    open_part(page, live_server.url, part)
    page.locator("video").focus()
    seen = []
    for _step in range(12):
        page.keyboard.press("Tab")
        name, outline, inside = page.evaluate(
            "(() => { const e = document.activeElement; const s = getComputedStyle(e);"
            " return [e.getAttribute('aria-label'), s.outlineStyle, Boolean(e.closest('[data-bar]'))]; })()"
        )
        if not inside:
            break
        assert outline != "none", name
        seen.append(name)
    expected = ["Place in the video", "Play", "Next part: The first ninety days", "Mute", "Volume", "Captions"]
    assert seen[:6] == expected
    assert {"Settings", "Full width", "Full screen"} <= set(seen)


def test_pointing_at_the_bar_shows_the_picture_of_that_time(page, live_server, part, screen):
    complaints = open_part(page, live_server.url, part)
    box = page.locator("[data-seek-row]").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.75, box["y"] + box["height"] / 2)
    expect(page.locator("[data-preview-words]")).to_have_text(re.compile("0:1[78] · What it means"))
    expect(page.locator("[data-thumb]")).to_be_visible()
    where = page.locator("[data-thumb]").evaluate("e => getComputedStyle(e).backgroundPosition")
    assert where in {"0px -180px", "-160px -180px"}
    screen(page, "storyboard")
    page.mouse.move(0, 0)
    expect(page.locator("[data-preview]")).to_be_hidden()
    assert complaints == []


def test_sound_only_goes_on_at_the_same_second_and_comes_back(page, live_server, part, screen):
    open_part(page, live_server.url, part)
    plays(page)
    video(page, "(v.currentTime = 10)")
    panel = settings(page)
    panel.get_by_label("Sound only").check()
    until(page, "v.currentSrc.endsWith('audio.m4a') && v.currentTime >= 10 && !v.paused")
    assert video(page, "v.currentTime") < 16
    expect(page.locator("[data-sound-only]")).to_be_visible()
    screen(page, "sound-only")
    panel.get_by_label("Sound only").uncheck()
    until(page, "v.videoWidth > 0 && v.currentTime >= 10 && !v.paused")
    expect(page.locator("[data-sound-only]")).to_be_hidden()


def test_full_width_and_full_screen(page, live_server, part, screen):
    open_part(page, live_server.url, part)
    narrow = page.locator("video").bounding_box()["width"]
    bar(page, "Full width").click()
    assert page.locator("video").bounding_box()["width"] > narrow * 1.2
    screen(page, "full-width")
    page.reload()
    expect(bar(page, "Full width")).to_have_attribute("aria-pressed", "true")
    bar(page, "Full screen").click()
    expect(bar(page, "Leave full screen")).to_be_visible()
    plays(page)
    page.mouse.move(300, 300)
    page.wait_for_timeout(3400)
    expect(page.locator("[data-player]")).to_have_class(re.compile("is-idle"))
    page.mouse.move(320, 320)
    expect(page.locator("[data-player]")).not_to_have_class(re.compile("is-idle"))


def test_at_the_end_the_next_part_is_offered_and_does_not_begin_by_itself(page, live_server, part, screen):
    open_part(page, live_server.url, part)
    video(page, "(v.muted = true, v.currentTime = 23, v.play().catch(() => 0))")
    card = page.get_by_role("group", name="The part is over")
    expect(card).to_be_visible()
    expect(card).to_contain_text("Part 3")
    screen(page, "end")
    page.wait_for_timeout(1500)
    assert page.url.endswith(part.url)
    card.get_by_role("link", name="Watch it").click()
    expect(page.locator("h1")).to_have_text("The first ninety days")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(1280, 900), (390, 844)])
def test_the_player_is_accessible_in_both_themes_and_widths(page, live_server, part, screen, theme, width, height):
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size({"width": width, "height": height})
    complaints = open_part(page, live_server.url, part)
    for state in ("closed", "settings"):
        if state == "settings":
            keys = settings(page).get_by_text("Keys")
            if keys.is_visible():
                keys.click()
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        screen(page, f"{theme}-{width}-{state}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    sizes = page.locator("[data-bar] :is(button, a, input, select):visible").evaluate_all(
        "all => all.map(e => { const b = e.getBoundingClientRect(); return [b.width, b.height]; })"
    )
    assert all(min(size) >= 24 for size in sizes), sizes
    assert complaints == []


def test_in_a_language_that_runs_the_other_way_the_bar_stays_as_it_is(page, live_server, part, screen):
    open_part(page, live_server.url, part)
    page.evaluate("document.documentElement.dir = 'rtl'")
    play, full = (bar(page, name).bounding_box()["x"] for name in ("Play", "Full screen"))
    assert play < full
    video(page, "(v.currentTime = 12)")
    until(page, "v.currentTime >= 12")
    played = page.locator("[data-played]").bounding_box()
    assert abs(played["x"] - page.locator(".player-track").bounding_box()["x"]) < 2
    screen(page, "right-to-left")
