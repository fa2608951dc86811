"""Why a part, or a masterclass, is complete or not, in the words that the page and the admin show."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from careers import actions as careers
from careers.models import Completion
from careers.progress.rules import rule_for
from masterclasses.models import WatchBeat, WatchCoverage
from masterclasses.watching import ledger
from masterclasses.watching.counting import recount
from masterclasses.watching.recording import absorb
from masterclasses.watching.settling import settle
from tests.factories.masterclasses import (
    MasterclassPageFactory,
    PartPageFactory,
    TranscodeFactory,
    VideoFactory,
    WatchBeatFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def part():
    return PartPageFactory(title="Reading an offer", video=VideoFactory(duration=1200))


def play(reader, part, *spans, **facts):
    """As if a player had told so."""
    for start, end in spans:
        WatchBeatFactory(person=reader, part=part, start=start, end=end, **facts)
    absorb(ledger.take(person=reader.pk, part=part.pk), person=reader, part=part, spans=spans)


def judge(reader, page):
    return rule_for(page.kind).judge(reader, page.contentpage_ptr if hasattr(page, "video") else page)


@pytest.mark.parametrize(
    ("spans", "sentence"),
    [
        ([], "You have not played any of it yet."),
        (
            [(0, 250), (390, 860)],
            "You have played 12 of 20 minutes; you missed 4:10–6:30; 14:20–20:00 is still to come.",
        ),
        ([(0, 600)], "You have played 10 of 20 minutes; 10:00–20:00 is still to come."),
        ([(600, 1200)], "You have played 10 of 20 minutes; you missed 0:00–10:00."),
        ([(0, 1000), (1002, 1075)], "You have played 18 of 20 minutes; 17:55–20:00 is still to come."),
        ([(0, 1100)], "You have played 18 of 20 minutes, and that is enough."),
        (
            [(100, 200), (300, 400), (500, 600), (700, 800), (900, 1200)],
            "You have played 12 of 20 minutes; you missed 0:00–1:40, 3:20–5:00, 6:40–8:20 and 2 more stretches.",
        ),
    ],
)
def test_the_sentence_says_what_was_played_what_was_missed_and_what_is_to_come(reader, part, spans, sentence):
    play(reader, part, *spans)

    verdict = judge(reader, part)

    assert verdict.sentence == sentence
    assert (verdict.complete, verdict.how) == ((True, "watched") if "enough" in sentence else (False, ""))
    assert Completion.objects.filter(person=reader, page=part).exists() is verdict.complete


def test_a_short_film_is_told_by_the_clock(reader):
    short = PartPageFactory(video=VideoFactory(duration=24))
    play(reader, short, (0, 12))
    assert judge(reader, short).sentence.startswith("You have played 0:12 of 0:24")


def test_what_is_after_the_credits_began_is_not_missed(reader, part):
    part.credits_start = 600
    part.save()
    play(reader, part, (0, 580))
    assert judge(reader, part).complete is True


def test_the_ledger_alone_is_judged(reader, part):
    careers.mark_done(person=reader, page=part)
    assert judge(reader, part).complete is False
    play(reader, part, (0, 10))
    WatchCoverage.objects.update(spans=[[0, 1200]])
    assert judge(reader, part).sentence.startswith("You have played 0 of 20 minutes")
    assert recount(person=reader.pk, part=part.pk) is True
    assert WatchCoverage.objects.get().spans == [[0, 10]]


def test_everybody_who_has_played_something_is_known(reader, part):
    play(reader, part, (0, 10))
    assert list(rule_for("part").known_pairs()) == [(reader.pk, part.pk)]


def test_a_part_without_a_video_says_so(reader):
    assert judge(reader, PartPageFactory()).sentence == "It has no video to watch yet."


def replace_video(part, *, seconds):
    """A new file has been encoded and is what viewers get."""
    encode = TranscodeFactory(
        video=part.video,
        status="done",
        source_name=f"videos/sources/of-{seconds}.mp4",
        seconds_total=seconds,
        watchable_at=timezone.now(),
    )
    part.video.published = encode
    part.video.save()


def test_a_shorter_video_keeps_what_was_watched_up_to_its_end_and_says_so(reader, part):
    play(reader, part, (0, 300), (700, 900))

    replace_video(part, seconds=750)

    assert "You have played 6 of 13 minutes" in judge(reader, part).sentence
    assert "still counts up to 12:30." in judge(reader, part).sentence
    play(reader, part, (300, 310))
    assert WatchCoverage.objects.get().seconds == 360
    assert "The video was replaced on" in judge(reader, part).sentence


def test_a_longer_video_keeps_all_and_leaves_the_rest_to_come(reader, part):
    play(reader, part, (0, 900))
    replace_video(part, seconds=1500)
    assert judge(reader, part).sentence.startswith("You have played 15 of 25 minutes; 15:00–25:00 is still to come.")


@pytest.mark.parametrize("seconds", [1198, 1202])
def test_a_video_of_the_same_length_is_the_same_video(reader, part, seconds):
    play(reader, part, (0, 1190))
    replace_video(part, seconds=seconds)
    assert "replaced" not in judge(reader, part).sentence
    assert judge(reader, part).complete


def test_who_has_watched_it_has_watched_it_whatever_becomes_of_the_video(reader, part):
    play(reader, part, (0, 1190))
    replace_video(part, seconds=3600)

    verdict = judge(reader, part)

    assert (verdict.complete, verdict.how) == (True, "watched")
    assert verdict.sentence.startswith("You watched it on ")
    assert Completion.objects.filter(person=reader, page=part).exists()


def test_a_masterclass_is_judged_by_its_parts_however_they_were_done(reader):
    series = MasterclassPageFactory()
    first = PartPageFactory(parent=series, title="One", video=VideoFactory(duration=60))
    second = PartPageFactory(parent=series, title="Two")
    hidden = PartPageFactory(parent=series, title="Three")
    hidden.unpublish()
    assert judge(reader, MasterclassPageFactory()).sentence == "It has no parts yet."

    play(reader, first, (0, 58))
    verdict = judge(reader, series)
    assert (verdict.complete, verdict.sentence) == (False, "You have done 1 of 2 parts; next is “Two”.")
    assert list(rule_for("masterclass").known_pairs()) == [(reader.pk, series.pk)]

    careers.mark_done(person=reader, page=second)
    verdict = judge(reader, series)
    assert (verdict.complete, verdict.sentence, verdict.how) == (True, "You have done all its parts.", "parts")


def test_old_beats_are_kept_as_their_union_and_young_ones_as_they_are(reader, part):
    old = timezone.now() - timedelta(days=8)
    play(reader, part, (0, 10), (10, 20), (60, 70), measured_at=old)
    play(reader, part, (15, 30))

    assert settle() == 1
    assert settle() == 0

    rows = WatchBeat.objects.order_by("start").values_list("session", "start", "end")
    assert list(rows) == [("settled", 0, 20), ("session", 15, 30), ("settled", 60, 70)]
    assert recount(person=reader.pk, part=part.pk) is False


def test_the_fragment_shows_what_was_missed_with_links_that_lead_there(client, reader, part):
    client.force_login(reader)
    play(reader, part, (0, 250.5), (390, 860))
    for address in (f"/watch/fragments/coverage/{part.pk}/", f"/watch/played/{part.pk}/"):
        answer = client.get(address)
        html = answer.content.decode()
        assert "You have played 12 of 20 minutes." in html
        assert f'<a href="{part.url}?t=250" data-seek="250">4:10–6:30</a>' in html
        assert "14:20–20:00" in html
        assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))


def test_a_visitor_without_an_account_is_shown_what_the_browser_knows_or_asked_to_sign_in(client, part):
    assert "data-kept" in client.get(f"/watch/fragments/coverage/{part.pk}/").content.decode()
    assert "/accounts/login/" in client.get(f"/watch/played/{part.pk}/").content.decode()
