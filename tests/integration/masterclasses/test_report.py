"""The Videos report: every video with its state, the filters, what can be done, and who may."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.utils import timezone
from wagtail.models import Collection, GroupCollectionPermission

from masterclasses.models import PartCaptions, Piece, Transcode
from masterclasses.transcoding.ladder import plan_for
from masterclasses.transcoding.probe import Probe
from masterclasses.transcoding.scan import Scan
from tests.factories.accounts import AdminFactory, PersonFactory, browser_of
from tests.factories.masterclasses import (
    MasterclassPageFactory,
    PartPageFactory,
    PieceFactory,
    RemoteJobFactory,
    TranscodeFactory,
    VideoFactory,
    publish,
    running,
)
from tests.queries import assert_constant_queries, fetch

pytestmark = pytest.mark.django_db
REPORT = "/admin/videos/report/"
NEVER = Transcode.PARKED_UNTIL


@pytest.fixture
def desk():
    return browser_of(AdminFactory())


def parked(title: str, **fields) -> Transcode:
    row: Transcode = TranscodeFactory.create(video__title=title, stage="pieces", next_try_at=NEVER, **fields)
    return row


@pytest.fixture
def stories():
    """One video in every state, by its name."""
    done, fresh = VideoFactory(title="done"), VideoFactory(title="fresh")
    publish(done)
    waiting = TranscodeFactory(video__title="waiting")
    encoding = parked("encoding")
    PieceFactory(transcode=encoding, status="done", cost=30)
    PieceFactory(transcode=encoding, number=1, cost=70)
    failed = TranscodeFactory(video__title="failed", status="failed", reason="The file is damaged.", attempts=3)
    past = timezone.now() - timedelta(minutes=10)
    stuck = running(video__title="stuck", lease_until=past)
    forgotten = parked("forgotten")
    PieceFactory(transcode=forgotten, status="done")
    rows = (done, fresh, waiting.video, encoding.video, failed.video, stuck.video, forgotten.video)
    return {row.title: row for row in rows}


def test_a_video_that_was_encoded_offers_its_sizes_one_by_one(desk):
    video = VideoFactory()
    publish(video)
    plan = plan_for(Probe(60.0, 1280, 720, "mov", "h264", rate="25"), Scan(60.0, 60.0, 60.0))
    Transcode.objects.filter(video=video).update(plan=plan.as_json())

    page = desk.get(REPORT).content.decode()

    assert [rung.name for rung in plan.rungs if f'name="rung" value="{rung.name}"' not in page] == []


def titles(answer) -> set[str]:
    return {video.title for video in answer.context["object_list"]}


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("failed", {"failed"}),
        ("stuck", {"stuck", "forgotten"}),
        ("waiting", {"waiting"}),
        ("encoding", {"encoding", "stuck", "forgotten"}),
        ("ready", {"done"}),
        ("not_encoded", {"fresh"}),
    ],
)
def test_each_filter_finds_what_it_says(desk, stories, state, expected):
    assert titles(desk.get(f"{REPORT}?state={state}")) == expected


def test_nothing_is_stuck_in_good_order_and_the_list_says_why_something_would_be(desk):
    encoding = parked("encoding")
    PieceFactory(transcode=encoding)

    page = desk.get(f"{REPORT}?state=stuck").content.decode()

    assert "Nothing is stuck, as it should be." in page
    assert "This list should be empty." in page


def test_an_encode_elsewhere_is_stuck_only_when_its_order_is_over_and_nobody_was_told(desk):
    job = RemoteJobFactory(transcode__video__title="elsewhere")
    assert titles(desk.get(f"{REPORT}?state=stuck")) == set()
    assert titles(desk.get(f"{REPORT}?state=waiting")) == {"elsewhere"}
    type(job.transcode).objects.update(seconds_done=20)
    assert titles(desk.get(f"{REPORT}?state=encoding")) == {"elsewhere"}
    assert "33 %" in desk.get(REPORT).content.decode()

    type(job).objects.filter(pk=job.pk).update(status="done")
    assert titles(desk.get(f"{REPORT}?state=stuck")) == {"elsewhere"}


def test_a_stuck_row_says_why_it_is_there(desk, stories):
    page = desk.get(f"{REPORT}?state=stuck").content.decode()

    assert "is the schedule running?" in page
    assert "a fault in the portal" in page


def test_videos_without_a_page_are_found_also_by_their_trailer(desk, stories):
    PartPageFactory(video=stories["done"])
    MasterclassPageFactory(trailer=stories["failed"])

    assert titles(desk.get(f"{REPORT}?page=yes")) == {"done", "failed"}
    assert titles(desk.get(f"{REPORT}?page=no")) == set(stories) - {"done", "failed"}


def test_a_row_tells_all_there_is_to_know(desk, stories):
    part = PartPageFactory(title="How to begin", video=stories["failed"])
    PartCaptions.objects.create(part=part, language="en", webvtt="WEBVTT\n")
    stories["failed"].transcodes.update(probe={"audio_codec": "aac"})

    page = desk.get(REPORT).content.decode()

    for words in ("The file is damaged.", "3 attempts", "How to begin", "Captions: en", "Encoding: 30 %", "1:00"):
        assert words in page
    assert f'action="/admin/videos/{stories["failed"].pk}/retry/"' in page
    assert f'action="/admin/videos/{stories["encoding"].pk}/cancel/"' in page
    assert f'action="/admin/videos/{stories["done"].pk}/retry/"' not in page


def test_the_report_can_be_taken_away_as_a_table(desk, stories):
    answer = desk.get(f"{REPORT}?export=csv")
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))

    by_title = {row["Title"]: row for row in rows}
    assert set(by_title) == set(stories)
    assert (by_title["failed"]["State"], by_title["failed"]["Reason"]) == ("failed", "The file is damaged.")
    assert by_title["encoding"]["Percent"] == "30"
    assert desk.get(f"{REPORT}?export=xlsx").status_code == 200


def test_past_forecasts_are_compared_with_what_came(desk):
    now = timezone.now()
    for minutes_late in (0, 1, 2):
        transcode = TranscodeFactory(
            status="done",
            finished_at=now + timedelta(minutes=10 + minutes_late),
            expected_done_at=now + timedelta(minutes=10),
        )
        PieceFactory(transcode=transcode, status="done", created_at=now)

    assert "usually right within 9 % of the wait, and nine in ten within 17 %" in " ".join(
        desk.get(REPORT).content.decode().split()
    )


def test_cancelling_ends_the_encode_and_says_who_did_it(desk, stories):
    video = stories["waiting"]
    assert desk.get(f"/admin/videos/{video.pk}/cancel/").status_code == 405

    answer = desk.post(f"/admin/videos/{video.pk}/cancel/", {"next": REPORT}, follow=True)

    assert "not encoded any further" in answer.content.decode()
    assert answer.redirect_chain == [(REPORT, 302)]
    row = video.transcodes.get()
    assert row.status == "cancelled"
    assert "Cancelled by" in row.reason


def test_the_report_costs_the_same_however_many_videos(desk):
    def grow(count: int) -> None:
        for _number in range(count):
            transcode = parked("Talk")
            PieceFactory(transcode=transcode, status="done")
            PieceFactory(transcode=transcode, number=1)
            part = PartPageFactory(video=transcode.video)
            PartCaptions.objects.create(part=part, language="en", webvtt="WEBVTT\n")

    assert_constant_queries(fetch(REPORT, desk), grow, rows=2, at_most=40)


def editor_of(collection: Collection) -> PersonFactory:
    group = Group.objects.create(name=f"Editors of {collection.name}")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    change = Permission.objects.get(codename="change_media", content_type__app_label="wagtailmedia")
    GroupCollectionPermission.objects.create(group=group, collection=collection, permission=change)
    person = PersonFactory()
    person.groups.add(group)
    return person


def test_editors_of_a_collection_see_and_change_its_videos_only():
    root = Collection.get_first_root_node()
    ours, theirs = (root.add_child(name=name) for name in ("Ours", "Theirs"))
    mine = TranscodeFactory(video__title="mine", video__collection=ours, status="failed", reason="Damaged.").video
    other = TranscodeFactory(video__title="other", video__collection=theirs, status="failed", reason="Damaged.").video
    browser = browser_of(editor_of(ours))

    assert titles(browser.get(REPORT)) == {"mine"}
    assert browser.post(f"/admin/videos/{mine.pk}/retry/").status_code == 302
    for address in ("retry", "cancel", "state", "poster"):
        call = browser.get if address == "state" else browser.post
        assert call(f"/admin/videos/{other.pk}/{address}/").status_code == 302, "Wagtail's way of saying no"
    assert other.transcodes.get().status == "failed"
    assert mine.transcodes.get().status == "waiting"


@pytest.mark.parametrize("groups", [None, [], ["Digest editors"]])
def test_who_looks_after_no_videos_has_no_report(groups):
    browser = browser_of(None if groups is None else PersonFactory(groups=groups))

    assert browser.get(REPORT).status_code in {302, 403}
    assert browser.get("/admin/videos/report/results/").status_code in {302, 403}


def test_a_video_producer_finds_the_report_in_the_menu():
    page = browser_of(PersonFactory(groups=["Video producers"])).get("/admin/").content.decode()

    assert REPORT in page


def test_progress_is_counted_by_what_pieces_cost(desk):
    transcode = parked("Talk")
    PieceFactory(transcode=transcode, status="done", cost=50)
    running_piece = PieceFactory(transcode=transcode, number=1, cost=100, seconds=40, seconds_done=10)
    PieceFactory(transcode=transcode, number=2, cost=50)
    assert Piece.objects.filter(pk=running_piece.pk).exists()

    data = desk.get(f"/admin/videos/{transcode.video.pk}/state/").json()

    assert (data["state"], data["percent"]) == ("encoding", 37)


def test_a_forecast_stands_in_the_words_once_there_is_history(desk):
    now = timezone.now()
    old = TranscodeFactory(status="done", finished_at=now)
    for number in range(3):
        began = now - timedelta(seconds=60)
        PieceFactory(transcode=old, number=number, status="done", cost=60, started_at=began, finished_at=now)
    waiting = parked("Talk")
    PieceFactory(transcode=waiting, cost=60 * 60)

    words = desk.get(f"/admin/videos/{waiting.video.pk}/state/").json()["words"]

    assert "Probably all done at" in words


def test_without_history_the_words_say_that_there_is_no_forecast(desk):
    transcode = TranscodeFactory()

    assert "No forecast yet" in desk.get(f"/admin/videos/{transcode.video.pk}/state/").json()["words"]
