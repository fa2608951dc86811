"""The part page, its series, and what keeps their numbers true."""

from __future__ import annotations

import json
import re

import pytest
from wagtail.models import PageViewRestriction

from masterclasses.models import PartCaptions, PartChapter, Video
from tests.factories.home import PersonFactory
from tests.factories.masterclasses import (
    MasterclassesPageFactory,
    MasterclassPageFactory,
    PartPageFactory,
    TranscodeFactory,
    VideoFactory,
    publish,
    running,
)
from tests.queries import assert_constant_queries, fetch

pytestmark = pytest.mark.django_db


def html_of(client, page, query="") -> str:
    answer = client.get(page.url + query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def part():
    video = VideoFactory(duration=95)
    publish(video)
    return PartPageFactory(title="Reading an offer", video=video)


def test_the_player_works_without_scripts(client, part):
    page = html_of(client, part)
    assert re.search(r"<video[^>]* controls[^>]* playsinline[^>]* preload=\"none\"", page)
    assert re.search(r'<source src="/watch/[0-9a-f-]+/[0-9a-f-]+/video\.mp4" type="video/mp4">', page)
    assert "onclick" not in page
    assert "<style" not in page


def test_an_address_with_a_second_starts_there_also_without_scripts(client, part):
    assert "video.mp4#t=42" in html_of(client, part, "?t=42")
    for nonsense in ("?t=-5", "?t=1e9", "?t=4000", "?t=<script>", "?t=²"):
        assert "#t=" not in html_of(client, part, nonsense)


def test_chapters_and_captions_are_offered(client, part):
    PartChapter.objects.create(part=part, start=30, title="Divide by the hours")
    captions = PartCaptions.objects.create(part=part, language="en", webvtt="WEBVTT\n")
    page = html_of(client, part)
    assert re.search(r'<a href="\?t=30" data-seek="30">', page)
    assert "Divide by the hours" in page
    assert (
        f'<track kind="captions" src="/watch/captions/{captions.pk}.vtt" srclang="en" label="English" default>' in page
    )


def test_search_engines_are_told_about_the_video(client, part):
    blocks = re.findall(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', html_of(client, part), re.S)
    data = next(found for found in map(json.loads, blocks) if found.get("@type") == "VideoObject")
    assert data["name"] == "Reading an offer"
    assert data["duration"] == "PT95S"
    assert data["contentUrl"].startswith("http")


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("encoding", "The recording is being prepared: 50 % done."),
        ("waiting", "The recording has arrived and is waiting to be prepared."),
        ("failed", "The recording is not available at the moment."),
    ],
)
def test_a_video_that_is_not_ready_says_so(client, state, words):
    video = VideoFactory()
    if state == "encoding":
        running(video=video, seconds_done=30)
    else:
        TranscodeFactory(video=video, status=state, reason="The disk of srv-7 is full." if state == "failed" else "")
    part = PartPageFactory(video=video)
    page = html_of(client, part)
    assert words in page
    assert "srv-7" not in page
    assert "<video" not in page
    fragment = client.get(f"/watch/fragments/part/{part.pk}/")
    assert words in fragment.content.decode()
    assert "no-store" in fragment["Cache-Control"]


def test_the_fragment_of_a_hidden_part_is_hidden(client, part):
    PageViewRestriction.objects.create(page=part, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(f"/watch/fragments/part/{part.pk}/").status_code == 404


def test_the_parts_of_a_series_know_their_neighbours(client):
    series = MasterclassPageFactory()
    first, second, third = (PartPageFactory(parent=series, title=title) for title in ("One", "Two", "Three"))
    context = client.get(second.url).context["prepare"]()
    assert [part.pk for part in context["parts"]] == [first.pk, second.pk, third.pk]
    assert (context["previous_part"].pk, context["number"], context["next_part"].pk) == (first.pk, 2, third.pk)
    assert client.get(third.url).context["next_part"]() is None
    assert 'aria-current="page"' in html_of(client, second)


def test_a_series_shows_its_parts_in_the_order_of_the_tree(client):
    series = MasterclassPageFactory()
    parts = [PartPageFactory(parent=series) for _number in range(3)]
    parts[2].move(parts[0], pos="left")
    parts_shown = client.get(series.url).context["parts"]()
    assert [part.pk for part in parts_shown] == [parts[2].pk, parts[0].pk, parts[1].pk]


def minutes_of(page) -> int:
    page.refresh_from_db()
    return page.minutes


def test_minutes_follow_the_videos(client):
    series = MasterclassPageFactory()
    one, two = (PartPageFactory(parent=series, video=VideoFactory(duration=seconds)) for seconds in (61, 120))
    assert [minutes_of(page) for page in (one, two, series)] == [2, 2, 4]
    one.refresh_from_db()
    one.video.duration = 600
    one.video.save()
    assert [minutes_of(page) for page in (one, series)] == [10, 12]
    two.unpublish()
    assert minutes_of(series) == 10
    two.delete()
    Video.objects.get(pk=one.video_id).delete()
    one.refresh_from_db()
    assert one.video is None


def test_the_part_page_costs_the_same_however_many_parts(client, part):
    series = part.get_parent().specific
    PartChapter.objects.create(part=part, start=30, title="A chapter")

    def grow(count: int) -> None:
        for _number in range(count):
            PartPageFactory(parent=series, video=VideoFactory())
            part.chapters.model.objects.create(part=part, start=1, title="Another")

    assert_constant_queries(fetch(part.url, client), grow)


def test_the_series_page_costs_the_same_however_many_parts_and_presenters(client):
    series = MasterclassPageFactory()

    def grow(count: int) -> None:
        for _number in range(count):
            PartPageFactory(parent=series, video=VideoFactory())
            series.presenters.model.objects.create(masterclass=series, person=PersonFactory())

    assert_constant_queries(fetch(series.url, client), grow)


def test_the_list_of_series_costs_the_same_however_many(client):
    listing = MasterclassesPageFactory()
    assert_constant_queries(
        fetch(listing.url, client), lambda n: MasterclassPageFactory.create_batch(n, parent=listing)
    )
    assert client.get(listing.url).content.count(b'<article class="card') == 20


def test_a_page_without_a_video_is_a_page(client):
    assert "<video" not in html_of(client, PartPageFactory())
