"""The transcript on the page of a part, and its captions and chapters as files."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth import get_user_model
from wagtail.models import PageViewRestriction

from masterclasses.models import PartCaptions, PartChapter, PartPage
from tests.factories.masterclasses import PartPageFactory, VideoFactory, publish
from tests.queries import assert_constant_queries, fetch

pytestmark = pytest.mark.django_db

ENGLISH = (
    "WEBVTT\n\n00:00:01.000 --> 00:00:03.000\n<v Leila>Good evening.\n\n"
    "00:00:03.000 --> 00:00:05.000\n<v Leila>Sit down.\n\n"
    "00:01:15.500 --> 00:01:17.000\n<v Tomasz>Fish &amp; &lt;b&gt;chips\n"
)
GERMAN = "WEBVTT\n\n00:00:01.000 --> 00:00:03.000\nGuten Abend.\n"


@pytest.fixture
def part():
    video = VideoFactory(duration=95)
    publish(video)
    part = PartPageFactory(title="Reading an offer", video=video, transcript="What the editor wrote.")
    PartCaptions.objects.create(part=part, language="en", webvtt=ENGLISH, sort_order=0)
    PartCaptions.objects.create(part=part, language="de", webvtt=GERMAN, sort_order=1)
    return part


def words_of(page: str) -> str:
    """The transcript's text without its tags."""
    found = re.search(r"data-transcript-scroll>(.*?)data-transcript-foot", page, re.S)
    return " ".join(re.sub(r"<[^>]*>", " ", found[1]).split()) if found else ""


def test_captions_are_read_as_paragraphs_by_speaker_each_with_its_time(client, part):
    page = client.get(part.url).text

    assert words_of(page).startswith("0:01 Leila Good evening. Sit down. 1:15 Tomasz Fish &amp; &lt;b&gt;chips")
    assert '<a class="transcript-time" href="?t=75">' in page
    assert '<span data-start="75500">' in page
    assert "What the editor wrote." not in page


def test_chapters_are_headings_in_it(client, part):
    PartChapter.objects.create(part=part, start=0, title="Welcome")
    PartChapter.objects.create(part=part, start=75, title="Supper")

    words = words_of(client.get(part.url).text)

    assert words.index("Welcome") < words.index("Good evening") < words.index("Supper") < words.index("Fish")


@pytest.mark.parametrize(
    ("asked", "language", "word"),
    [("", "en", "Good evening"), ("?transcript=de", "de", "Guten Abend"), ("?transcript=xx", "en", "Good evening")],
)
def test_the_address_chooses_the_language(client, part, asked, language, word):
    page = client.get(part.url + asked).text

    assert f'lang="{language}" data-transcript-scroll' in page
    assert word in words_of(page)
    assert re.search(rf'hreflang="{language}" aria-current="true"', page)


def test_pages_that_are_kept_do_not_mix_up_languages(client, part, settings):
    settings.PAGE_CACHE_SECONDS = 60

    for _time in range(2):
        assert "Good evening" in words_of(client.get(part.url).text)
        assert "Guten Abend" in words_of(client.get(part.url + "?transcript=de").text)


def test_without_captions_the_editors_own_text_is_shown(client, part):
    part.captions.all().delete()
    part.save()

    page = client.get(part.url).text

    assert "What the editor wrote." in page
    assert "data-transcript" not in page


def test_captions_without_a_single_sentence_make_no_transcript(client, part):
    PartCaptions.objects.all().delete()
    PartCaptions.objects.create(part=part, language="en", webvtt="WEBVTT\n")

    assert "What the editor wrote." in client.get(part.url).text


def test_a_preview_shows_the_captions_of_the_draft(desk, part):
    draft = PartPage.objects.get(pk=part.pk)
    draft.captions = [PartCaptions(language="en", webvtt=GERMAN.replace("Abend", "Morgen"))]
    revision = draft.save_revision()

    page = desk.get(f"/admin/pages/{part.pk}/revisions/{revision.pk}/view/").text

    assert "Guten Morgen." in words_of(page)
    assert "Guten Morgen." not in words_of(desk.get(part.url).text)


def test_the_page_costs_the_same_however_much_is_said(client, part):
    row = part.captions.get(language="en")

    def grow(count: int) -> None:
        last = row.cues.count()
        for number in range(count):
            seconds = f"{last + number:02}"
            row.webvtt += f"\n01:{seconds[-2:]}:00.000 --> 01:{seconds[-2:]}:01.000\nMore.\n"
            PartChapter.objects.create(part=part, start=100 + last + number, title="More")
        row.save()

    assert_constant_queries(fetch(part.url, client), grow, at_most=18)


# Files -------------------------------------------------------------------------------------------------------------


def test_chapters_are_a_file_for_the_player(client, part):
    PartChapter.objects.create(part=part, start=30, title="Fish & <chips>")
    PartChapter.objects.create(part=part, start=0, title="Welcome")

    answer = client.get(f"/watch/chapters/{part.pk}.vtt")

    assert answer["Content-Type"] == "text/vtt; charset=utf-8"
    assert answer.text == (
        "WEBVTT\n\n00:00:00.000 --> 00:00:30.000\nWelcome\n\n00:00:30.000 --> 00:01:35.000\nFish &amp; &lt;chips>\n"
    )
    assert f'<track kind="chapters" src="/watch/chapters/{part.pk}.vtt"' in client.get(part.url).text


def test_without_chapters_there_is_no_such_file(client, part):
    assert client.get(f"/watch/chapters/{part.pk}.vtt").status_code == 404
    assert 'kind="chapters"' not in client.get(part.url).text


def test_members_get_the_chapters_of_their_part_by_an_address_of_their_own(client, part):
    PartChapter.objects.create(part=part, start=0, title="Welcome")
    PageViewRestriction.objects.create(page=part, restriction_type=PageViewRestriction.LOGIN)
    reader = get_user_model().objects.create_user(email="reader@example.org", password="a long one")
    client.force_login(reader)

    address = re.search(r'<track kind="chapters" src="([^"]+)"', client.get(part.url).text)[1]

    assert "Welcome" in client.get(address).text
    client.logout()
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("how", ["unpublished", "private"])
def test_the_files_of_a_hidden_part_are_for_its_editors_only(client, part, producer, how):
    PartChapter.objects.create(part=part, start=0, title="Welcome")
    addresses = [f"/watch/chapters/{part.pk}.vtt", f"/watch/captions/{part.captions.first().pk}.vtt"]
    if how == "unpublished":
        part.unpublish()
    else:
        PageViewRestriction.objects.create(page=part, restriction_type=PageViewRestriction.LOGIN)
    reader = get_user_model().objects.create_user(email="reader@example.org", password="a long one")

    for who in (None, reader, producer):
        if who:
            client.force_login(who)
        answers = [client.get(address) for address in addresses]
        assert {answer.status_code for answer in answers} == {200 if who == producer else 404}
    assert all({"private", "no-store"} <= set(answer["Cache-Control"].split(", ")) for answer in answers)
    assert all(answer["X-Content-Type-Options"] == "nosniff" for answer in answers)
