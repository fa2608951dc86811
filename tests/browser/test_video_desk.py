"""The desk of those who look after videos, and the button of those who follow a masterclass, in a real browser."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from jobs.models import DailyLetter, Mail, NoticePreference
from jobs.notices import notify
from jobs.tasks import letter
from masterclasses import publishing
from masterclasses.models import Follow, PartNews, Transcode, Video
from masterclasses.telling import announcements, following
from tests.factories.accounts import AdminFactory
from tests.factories.masterclasses import (
    MasterclassPageFactory,
    PartPageFactory,
    PieceFactory,
    TranscodeFactory,
    VideoFactory,
    film,
    publish,
)


@pytest.fixture
def editor():
    return AdminFactory(email="editor@example.org", name="Ann Lee")


@pytest.fixture
def signed_in(context: BrowserContext, live_server, editor) -> BrowserContext:
    client = Client()
    client.force_login(editor)
    name = django_settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    return context


def still(path: Path, second: int) -> bytes:
    """One picture of the test film."""
    film(path, seconds=1, size="640x360", sound=False, codec="mjpeg", options=("-frames:v", "1", "-f", "image2"))
    return path.read_bytes()


@pytest.fixture
def stories(editor, tmp_path) -> dict[str, Video]:
    now = timezone.now()
    old = TranscodeFactory(
        video__title="Your career in four parts", status="done", finished_at=now, expected_done_at=now
    )
    for number in range(3):
        began = now - timedelta(minutes=2)
        PieceFactory(transcode=old, number=number, status="done", cost=60, started_at=began, finished_at=now)
    ready: Video = VideoFactory.create(title="The marketplace", uploaded_by_user=editor, duration=754)
    picture = still(tmp_path / "still.jpg", 1)
    publish(ready, **{f"poster_{number:02}_jpg": picture for number in range(1, 9)}, poster_jpg=picture)
    encoding: Transcode = TranscodeFactory.create(
        video__title="Interviews that go well", stage="pieces", next_try_at=Transcode.PARKED_UNTIL
    )
    PieceFactory(transcode=encoding, status="done", cost=300)
    PieceFactory(transcode=encoding, number=1, cost=700)
    waiting: Transcode = TranscodeFactory.create(
        video__title="Questions from the room", stage="pieces", next_try_at=Transcode.PARKED_UNTIL
    )
    PieceFactory(transcode=waiting, cost=500)
    failed: Transcode = TranscodeFactory.create(
        video__title="A recording from 2014",
        video__uploaded_by_user=editor,
        status="failed",
        finished_at=now,
        attempts=3,
        reason="The decoder crashed on this file. It is probably damaged: export it again and replace it.",
    )
    PartPageFactory(title="How to begin", video=ready)
    found: dict[str, Video] = {
        "ready": ready,
        "encoding": encoding.video,
        "waiting": waiting.video,
        "failed": failed.video,
    }
    return found


def flaws(page: Page, inside: str) -> str:
    found = Axe().run(page, context=inside)
    return found.generate_report() if found.violations_count else ""


def test_the_report_is_calm_accessible_and_retries_by_a_button(signed_in, live_server, stories, screen):
    page = signed_in.new_page()
    page.goto(f"{live_server.url}/admin/videos/report/")
    screen(page, "report")
    assert flaws(page, "#listing-results") == ""
    row = page.get_by_role("row", name="A recording from 2014")
    expect(row).to_contain_text("The decoder crashed")

    row.get_by_role("button", name="Try again").click()

    expect(page.get_by_text("will be encoded again")).to_be_visible()
    expect(page.get_by_role("row", name="A recording from 2014")).to_contain_text("Waiting")
    page.goto(f"{live_server.url}/admin/videos/report/?state=stuck")
    expect(page.get_by_text("Nothing is stuck, as it should be.")).to_be_visible()


def test_a_poster_is_chosen_by_its_picture(signed_in, live_server, stories, screen):
    page = signed_in.new_page()
    page.goto(f"{live_server.url}/admin/media/edit/{stories['ready'].pk}/")
    page.get_by_role("radio", name="Picture 3 of 8").check()
    screen(page, "edit")
    assert flaws(page, ".video-posters") == ""

    page.get_by_role("button", name="Use this picture").click()

    expect(page.get_by_role("radio", name="Picture 3 of 8")).to_be_checked()
    assert Video.objects.get(pk=stories["ready"].pk).poster_name == "poster_03.jpg"


def test_a_part_says_when_it_will_publish_itself(signed_in, live_server, stories, editor, screen):
    video = stories["encoding"]
    part = PartPageFactory(title="Part two", video=video, live=False)
    publishing.ask(part=part, revision=part.save_revision(), video=video, person=editor)
    page = signed_in.new_page()

    page.goto(f"{live_server.url}/admin/pages/{part.pk}/edit/")

    expect(page.get_by_text("This draft will be published when the video is ready (about")).to_be_visible()
    expect(page.get_by_role("checkbox", name="Publish when the video is ready")).to_be_checked()
    screen(page, "part")


def test_a_reader_follows_a_masterclass_in_place(signed_in, live_server, editor, screen):
    series = MasterclassPageFactory(title="Ready for the market")
    page = signed_in.new_page()
    page.goto(f"{live_server.url}{series.url.partition('localhost')[2] or series.url}")

    page.get_by_role("button", name="Follow this masterclass").click()

    expect(page.get_by_text("You follow this masterclass")).to_be_visible()
    assert Follow.objects.filter(person=editor, masterclass=series).exists()
    screen(page, "followed")
    assert flaws(page, "aside") == ""
    page.goto(f"{live_server.url}/learning/")
    expect(page.get_by_role("button", name="Stop following Ready for the market")).to_be_visible()
    screen(page, "learning")
    page.get_by_role("button", name="Stop following Ready for the market").click()
    expect(page.get_by_text("None yet.")).to_be_visible()


def test_the_mails_are_readable_letters(signed_in, live_server, stories, editor, screen):
    failed = stories["failed"].transcodes.get()
    announcements.tell_failed(failed)
    NoticePreference.objects.create(person=editor, how="daily")
    announcements.tell_ready(stories["ready"].transcodes.get())
    notify(
        subject=editor, event="failed", recipient=editor, title="“Part two” was not published", level="bad", message="x"
    )
    row = DailyLetter.objects.get()
    DailyLetter.objects.update(next_try_at=timezone.now())
    letter(row.pk)
    series = MasterclassPageFactory(title="Ready for the market")
    part = PartPageFactory(parent=series, title="Part four", summary="What employers look for.", minutes=12)
    follow = following.follow(person=editor, masterclass=series)
    mails = [*Mail.objects.order_by("pk"), following._mail(PartNews(part=part, person=editor), part, follow)]
    page = signed_in.new_page()
    for number, mail in enumerate(mails):
        page.set_content(mail.html)
        screen(page, f"mail-{number}")
        expect(page.get_by_text("Hello Ann,")).to_be_visible()
    assert len(mails) == 3
