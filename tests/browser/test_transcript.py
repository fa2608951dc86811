"""A visitor reads along, jumps by a click on a sentence, and finds a word: with and without scripts."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from masterclasses.captions.reading import ReadCue
from masterclasses.captions.writing import write
from masterclasses.models import PartCaptions, PartChapter, PartPage, Rendition
from tests.browser.playing import seek
from tests.browser.test_masterclasses import listen, until, video
from tests.factories.masterclasses import PartPageFactory, VideoFactory, film, publish

SENTENCES = (
    "Here are two adverts with the same title, fourteen thousand pounds apart.",
    "Before you choose, let us find out what each of them is really buying.",
    "Public bodies want scrutiny, and regulated firms want evidence.",
    "A consultancy wants something polished by Wednesday.",
    "And a growing firm would like one person to do it all, and choose the software.",
    "Listen for the trouble in an advert.",
    "“Bring order to” means that there is none.",
    "That may suit you, but know it before you go in.",
)
GERMAN = ("Hier sind zwei Anzeigen mit demselben Titel.", "Bevor Sie wählen, sehen wir nach, was jede sucht.")


@pytest.fixture(scope="module")
def minute(tmp_path_factory) -> bytes:
    options = ("-movflags", "+faststart", "-g", "25")
    path = film(tmp_path_factory.mktemp("minute") / "minute.mp4", seconds=64, size="640x360", options=options)
    return path.read_bytes()


@pytest.fixture
def part(live_server, minute) -> PartPage:
    stored = VideoFactory.create(duration=64)
    published = publish(stored, video_mp4=minute)
    Rendition.objects.filter(transcode=published).exclude(form="mp4").delete()
    page = PartPageFactory(title="The marketplace", video=stored, summary="Who is hiring, and what for.")
    PartChapter.objects.create(part=page, start=0, title="Who is hiring")
    PartChapter.objects.create(part=page, start=32, title="Reading an offer")
    speakers = {0: "<v Leila Haddad>", 5: "<v Tomasz Wilk>"}
    english = [
        ReadCue(number * 2000 + 200, number * 2000 + 1900, _voice(speakers, number) + SENTENCES[number % 8])
        for number in range(32)
    ]
    german = [ReadCue(number * 2000 + 200, number * 2000 + 1900, GERMAN[number % 2]) for number in range(32)]
    PartCaptions.objects.create(part=page, language="en", webvtt=write(english), sort_order=0)
    PartCaptions.objects.create(part=page, language="de", webvtt=write(german), sort_order=1)
    return page


def _voice(speakers: dict[int, str], number: int) -> str:
    return speakers[0] if number % 16 < 5 else speakers[5]


def sentence(page: Page, milliseconds: int):
    return page.locator(f"[data-transcript] [data-start='{milliseconds}']")


def scrolled(page: Page) -> float:
    return page.locator("[data-transcript-scroll]").evaluate("panel => panel.scrollTop")


def opened(page: Page, address: str) -> None:
    page.goto(address)
    seek(page, 0)


def test_the_transcript_follows_the_video_and_a_click_leads_there(page, live_server, part, screen):
    complaints = listen(page)
    page.emulate_media(reduced_motion="no-preference")
    opened(page, live_server.url + part.url)

    video(page, "(v.muted = true, v.currentTime = 40.5)")
    expect(sentence(page, 40_200)).to_have_class("is-said")
    expect(sentence(page, 40_200)).to_be_in_viewport()
    screen(page, "follows")

    sentence(page, 44_200).click()
    until(page, "v.currentTime >= 44.1 && !v.paused")
    expect(sentence(page, 46_200)).to_have_class("is-said", timeout=15_000)
    assert "t=44" in page.url
    page.locator("a.transcript-time").first.click()
    until(page, "v.currentTime < 5")
    assert complaints == []


def test_whoever_scrolls_is_left_where_they_read(page, live_server, part):
    page.emulate_media(reduced_motion="no-preference")
    opened(page, live_server.url + part.url)
    follow = page.get_by_role("button", name="Follow the video")
    expect(follow).to_have_attribute("aria-pressed", "true")

    page.locator("[data-transcript-scroll]").hover()
    page.mouse.wheel(0, 60)
    expect(follow).to_have_attribute("aria-pressed", "false")
    page.wait_for_timeout(300)
    before = scrolled(page)
    video(page, "(v.currentTime = 60.5)")
    expect(sentence(page, 60_200)).to_have_class("is-said")

    assert scrolled(page) == before
    follow.click()
    expect(sentence(page, 60_200)).to_be_in_viewport()


def test_with_reduced_motion_the_panel_stands_still_until_it_is_asked(page, live_server, part):
    opened(page, live_server.url + part.url)

    video(page, "(v.currentTime = 60.5)")
    expect(sentence(page, 60_200)).to_have_class("is-said")

    assert scrolled(page) == 0


def test_words_are_found_counted_and_stepped_through(page, live_server, part, screen):
    opened(page, live_server.url + part.url)
    field, status = (
        page.get_by_role("searchbox", name="Find in the transcript"),
        page.locator(".transcript-find [role=status]"),
    )

    field.fill("EVIDENCE")
    expect(status).to_have_text("1 of 4")
    field.press("Enter")
    expect(status).to_have_text("2 of 4")
    expect(page.locator(".is-here")).to_have_attribute("data-start", "20200")
    screen(page, "found")
    page.get_by_role("button", name="Previous place").click()
    page.get_by_role("button", name="Previous place").click()
    expect(status).to_have_text("4 of 4")
    field.fill("gardening")
    expect(status).to_have_text("Nothing found")
    field.press("Escape")
    expect(status).to_be_empty()
    assert page.locator(".is-found").count() == 0


def test_another_language_comes_without_a_new_page_and_captions_with_it(page, live_server, part):
    opened(page, live_server.url + part.url)
    video(page, "([...v.textTracks].filter(t => t.kind === 'captions')[0].mode = 'showing')")

    page.get_by_role("link", name="Deutsch").click()
    expect(sentence(page, 200)).to_have_text(GERMAN[0])
    expect(page.get_by_role("link", name="Deutsch")).to_be_focused()

    assert page.locator("[data-transcript-scroll]").get_attribute("lang") == "de"
    modes = "[...v.textTracks].filter(t => t.kind === 'captions').map(t => t.language + t.mode).join()"
    assert video(page, modes) == "endisabled,deshowing"


def test_chapters_reach_the_player(page, live_server, part):
    opened(page, live_server.url + part.url)

    video(page, "([...v.textTracks].find(t => t.kind === 'chapters').mode = 'hidden')")

    until(page, "[...v.textTracks].find(t => t.kind === 'chapters').cues?.length === 2")
    titles = "[...[...v.textTracks].find(t => t.kind === 'chapters').cues].map(c => c.startTime + c.text).join()"
    assert video(page, titles) == "0Who is hiring,32Reading an offer"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_fits_is_accessible_and_reads_well(page, live_server, part, screen, scheme):
    page.emulate_media(color_scheme=scheme)
    opened(page, live_server.url + part.url)
    video(page, "(v.currentTime = 8.5)")
    expect(sentence(page, 8_200)).to_have_class("is-said")

    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    side, player = (page.locator(name).bounding_box() for name in (".player-side", "[data-player]"))
    assert side is not None
    assert player is not None
    assert abs(side["height"] - player["height"]) < 4
    screen(page, f"{scheme}-beside")

    page.get_by_role("button", name="Read it whole").click()
    screen(page, f"{scheme}-whole")
    below, above = (page.locator(name).bounding_box() for name in (".player-side", "[data-player]"))
    assert below is not None
    assert above is not None
    assert below["y"] >= above["y"] + above["height"]
    assert below["width"] > side["width"] * 2
    assert page.locator("[data-transcript-scroll]").evaluate("panel => panel.scrollHeight <= panel.clientHeight")
    page.get_by_role("button", name="Read it whole").click()
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    screen(page, f"{scheme}-phone")


def test_without_scripts_it_is_read_and_its_times_are_links(chromium: Browser, live_server, part):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url + part.url)

    expect(page.get_by_text(SENTENCES[0]).first).to_be_visible()
    page.get_by_role("link", name="Deutsch").click()
    expect(page.get_by_text(GERMAN[0]).first).to_be_visible()
    expect(page.locator("[data-transcript-find]")).to_be_hidden()
    page.locator("a.transcript-time").nth(1).click()
    assert "?t=" in page.url
    context.close()
