"""Who is told what of an encode, how often, and where the notice leads."""

from __future__ import annotations

import pytest
from django.utils import timezone

from jobs.actions import claim, fail, finish, start_again
from jobs.models import Mail, Notice
from masterclasses.models import Transcode
from masterclasses.transcoding.work import encode
from tests.factories.accounts import AdminFactory, PersonFactory, browser_of
from tests.factories.masterclasses import MasterclassPageFactory, PartPageFactory, TranscodeFactory, VideoFactory
from tests.queries import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def uploader():
    return AdminFactory(email="uploader@example.org")


@pytest.fixture
def video(uploader):
    return VideoFactory(title="The talk", uploaded_by_user=uploader)


def fails(transcode: Transcode, reason: str = "The file is damaged.") -> Transcode:
    row = claim(Transcode, transcode.pk, now=timezone.now())
    assert row is not None
    fail(row, reason=reason)
    return row


def succeeds(transcode: Transcode) -> Transcode:
    row = claim(Transcode, transcode.pk, now=timezone.now())
    assert row is not None
    finish(row)
    return row


def told() -> list[tuple[str, str]]:
    return sorted((notice.recipient.email, notice.event.split()[0]) for notice in Notice.objects.all())


def test_the_uploader_and_the_owners_of_pages_that_show_it_are_told_once_each(video, uploader):
    owner, other = PersonFactory(email="owner@example.org"), PersonFactory(email="other@example.org")
    PartPageFactory(video=video, owner=owner)
    PartPageFactory(video=video, owner=uploader)
    MasterclassPageFactory(trailer=video, owner=owner)
    PartPageFactory(owner=other)

    succeeds(TranscodeFactory(video=video))

    assert told() == [("owner@example.org", "ready"), ("uploader@example.org", "ready")]
    assert Mail.objects.count() == 2


def test_an_account_that_is_closed_is_told_nothing(video, uploader):
    uploader.is_active = False
    uploader.save()

    succeeds(TranscodeFactory(video=video))

    assert told() == []


def test_replaying_the_task_ten_times_tells_once(video):
    row = succeeds(TranscodeFactory(video=video))
    for _time in range(10):
        encode(row.pk)
        row.after_done()

    assert told() == [("uploader@example.org", "ready")]
    assert Mail.objects.count() == 1


def test_each_failure_is_told_once_and_another_one_after_a_retry_is_news(video):
    row = fails(TranscodeFactory(video=video))
    for _time in range(10):
        row.after_failure()
    assert told() == [("uploader@example.org", "failed")]

    start_again(row)
    row = fails(row, reason="The disk is full.")
    for _time in range(10):
        row.after_failure()

    assert told() == [("uploader@example.org", "failed")] * 2
    assert [notice.message for notice in Notice.objects.order_by("pk")] == ["The file is damaged.", "The disk is full."]


def test_a_failure_leads_to_a_page_that_asks_before_it_starts_anything(video, uploader):
    row = fails(TranscodeFactory(video=video))
    address = Notice.objects.get().url
    browser = browser_of(uploader)

    page = browser.get(address).content.decode()
    browser.head(address)

    assert "The file is damaged." in page
    assert f'<form action="{address}" method="post">' in page
    row.refresh_from_db()
    assert row.status == "failed"
    browser.post(address)
    row.refresh_from_db()
    assert row.status == "waiting"


def test_the_page_behind_an_old_failure_says_how_things_are_now(video, uploader):
    row = fails(TranscodeFactory(video=video))
    start_again(row)

    page = browser_of(uploader).get(f"/admin/videos/{video.pk}/retry/").content.decode()

    assert "next in line" in page
    assert 'method="post">\n        <input type="hidden" name="csrf' not in page


def test_an_owner_who_may_not_retry_is_led_to_their_page_and_told_who_may(video):
    owner = PersonFactory(email="owner@example.org", groups=["Editors"])
    part = PartPageFactory(owner=owner, video=video)
    outsider = PersonFactory(email="outsider@example.org")
    other = PartPageFactory(owner=outsider, video=video)

    fails(TranscodeFactory(video=video))

    addresses = dict(Notice.objects.values_list("recipient__email", "url"))
    assert addresses["owner@example.org"] == f"/admin/videos/{video.pk}/retry/"
    assert addresses["outsider@example.org"] == f"/admin/pages/{other.pk}/edit/"
    assert "Whoever looks after the videos" in Notice.objects.get(recipient=outsider).message
    assert part.pk != other.pk


def test_while_viewers_keep_an_earlier_encode_the_failure_says_so(video):
    succeeds(TranscodeFactory(video=video))
    fails(TranscodeFactory(video=video))

    assert "still watch what was there before" in Notice.objects.get(event__startswith="failed").message


def test_an_encode_of_a_file_that_was_replaced_is_not_told(video):
    row = TranscodeFactory(video=video, source_name="videos/sources/the-one-before.mp4")

    succeeds(row)

    assert told() == []


def test_telling_costs_queries_per_person_and_not_per_page(video):
    row = TranscodeFactory(video=video)
    owner = PersonFactory()

    def telling() -> int:
        for _page in range(5):
            PartPageFactory(video=video, owner=owner)
        return len([sql for sql in queries_of(row.after_done) if "jobs_notice" in sql or "accounts_user" in sql])

    succeeds(row)

    assert telling() == telling() > 0
