"""An editor gives a part its captions and chapters, and is told in which line something is wrong."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

from home.models import Area
from masterclasses.models import Cue, PartCaptions, PartPage
from tests.factories.masterclasses import PartPageFactory, VideoFactory

pytestmark = pytest.mark.django_db

HELLO = "WEBVTT\n\n00:00:01.000 --> 00:00:03.000\n<v Amara>Good evening\n\n00:00:04.000 --> 00:00:05.000\nand welcome\n"
SRT = "1\n00:00:01,000 --> 00:00:03,000\nGrüße an alle\n"


@pytest.fixture
def part():
    return PartPageFactory(title="Reading an offer", video=VideoFactory(duration=60))


class Desk:
    """The form of a part, as a browser sends it."""

    def __init__(self, client, part: PartPage) -> None:
        self.client, self.part = client, part

    def send(
        self, captions=(), chapters=(), *, publish: bool = True, files: dict[str, Any] | None = None, **fields
    ) -> Any:
        data = nested_form_data(
            {
                "title": self.part.title,
                "slug": self.part.slug,
                "summary": "What it is about.",
                "tags": "",
                "published_on": "2026-03-01",
                "video": self.part.video_id or "",
                "takeaways": rich_text("", features=["ul"]),
                "body": rich_text(""),
                "transcript": "",
                "captions": inline_formset(
                    [{"webvtt": "", **row} for row in captions], initial=self._initial("captions")
                ),
                "chapters": inline_formset(chapters),
                "downloads": inline_formset([]),
                "comments": inline_formset([]),
            }
            | fields
        ) | {"areas": [Area.objects.get(slug="marketplace").pk]}
        for number, file in (files or {}).items():
            data[f"captions-{number}-file"] = file
        if publish:
            data["action-publish"] = "1"
        return self.client.post(f"/admin/pages/{self.part.pk}/edit/", data)

    def _initial(self, name: str) -> int:
        return getattr(self.part, name).count()

    def errors(self, answer: Any, name: str, number: int = 0) -> dict[str, list[str]]:
        return answer.context["form"].formsets[name].errors[number]


@pytest.fixture
def form(desk, part) -> Desk:
    return Desk(desk, part)


def file(content: str | bytes, name: str = "talk.srt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)


def test_a_file_becomes_captions_and_every_sentence_a_row(form, part):
    answer = form.send([{"language": "de"}], files={"0": file(SRT)})

    assert answer.status_code == 302, form.errors(answer, "captions")
    row = PartCaptions.objects.get(part=part)
    assert (row.language, row.origin) == ("de", "talk.srt")
    assert row.webvtt == "WEBVTT\n\n00:00:01.000 --> 00:00:03.000\nGrüße an alle\n"
    cue = Cue.objects.get(captions=row)
    assert (cue.part_id, cue.language, cue.start_ms, cue.end_ms) == (part.pk, "de", 1000, 3000)
    assert (cue.text, cue.folded) == ("Grüße an alle", " grusse an alle ")


def test_captions_may_be_written_by_hand(form, part):
    form.send([{"language": "en", "webvtt": HELLO.replace("\n", "\r\n")}])

    assert PartCaptions.objects.get(part=part).webvtt == HELLO
    assert list(Cue.objects.order_by("start_ms").values_list("speaker", "text")) == [
        ("Amara", "Good evening"),
        ("", "and welcome"),
    ]


def test_a_file_in_an_old_encoding_is_converted_and_the_editor_told(form, part, desk):
    form.send([{"language": "de"}], files={"0": file(SRT.encode("cp1252"))})

    assert Cue.objects.get().text == "Grüße an alle"
    assert "converted from Windows-1252" in desk.get(f"/admin/pages/{part.pk}/edit/").text


def test_what_is_wrong_stands_beside_the_field_with_the_file_to_mend(form, part):
    wrong = "WEBVTT\n\n00:00:09.000 --> 00:00:03.000\nGood evening\n\nWho said this?\n"

    answer = form.send([{"language": "en"}], files={"0": file(wrong, "talk.vtt")})

    assert answer.status_code == 200
    first, second = form.errors(answer, "captions")["webvtt"]
    assert first.startswith("Line 3: this caption ends at 00:00:03.000")
    assert second.startswith("Line 6: “Who said this?” has no times above it")
    assert "Who said this?\n</textarea>" in answer.text
    assert not PartCaptions.objects.exists()


def test_a_good_file_is_not_lost_when_something_else_is_wrong(form):
    answer = form.send([{"language": "de"}], files={"0": file(SRT)}, title="")

    assert answer.status_code == 200
    assert "Grüße an alle\n</textarea>" in answer.text


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00\x00\x01", bytes(1_100_000)])
def test_a_file_that_is_no_text_is_refused_beside_the_file_field(form, content):
    answer = form.send([{"language": "en"}], files={"0": file(content)})

    assert list(form.errors(answer, "captions")) == ["file"]


def test_errors_keep_a_draft_out_as_well(form):
    answer = form.send([{"language": "en", "webvtt": "Dear colleague"}], publish=False)

    assert "Line 1" in form.errors(answer, "captions")["webvtt"][0]


def test_a_draft_may_wait_for_its_captions_but_no_published_page(form):
    row = {"language": "de", "webvtt": "", "file": ""}

    assert form.send([row], publish=False).status_code == 302
    answer = form.send([row])
    assert form.errors(answer, "captions") == {"webvtt": ["Choose a file, or write the captions here."]}


def test_captions_of_another_video_are_refused(form):
    late = "WEBVTT\n\n00:01:30.000 --> 00:01:31.000\nGood night\n"

    answer = form.send([{"language": "en", "webvtt": late}])

    assert "the video ends at 1:00" in form.errors(answer, "captions")["webvtt"][0]


def test_warnings_do_not_block_and_are_told_in_the_editor(form, desk, part):
    hurried = f"WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n{'quickly ' * 8}\n"

    assert form.send([{"language": "en", "webvtt": hurried}]).status_code == 302
    page = desk.get(f"/admin/pages/{part.pk}/edit/").text
    assert "Line 3: 63 characters a second" in page


def test_a_part_without_captions_is_advised_to_have_some(desk, part):
    assert "No captions yet." in desk.get(f"/admin/pages/{part.pk}/edit/").text


def test_two_files_in_one_language_are_refused(form):
    answer = form.send([{"language": "en", "webvtt": HELLO}, {"language": "EN", "webvtt": HELLO}])

    assert "already" in form.errors(answer, "captions", 1)["language"][0]


@pytest.mark.parametrize("language", ["English", "<b>", "e", "de_DE"])
def test_a_language_that_is_no_code_is_refused(form, language):
    answer = form.send([{"language": language, "webvtt": HELLO}])

    assert "short code" in form.errors(answer, "captions")["language"][0]


def test_replaced_captions_replace_their_sentences(form, part):
    form.send([{"language": "en", "webvtt": HELLO}])
    row = PartCaptions.objects.get()

    form.send([{"id": row.pk, "language": "en", "webvtt": HELLO}], files={"0": file(SRT)})

    assert PartCaptions.objects.get().pk == row.pk
    assert [cue.text for cue in Cue.objects.all()] == ["Grüße an alle"]


def test_captions_that_stay_keep_their_rows(form):
    form.send([{"language": "en", "webvtt": HELLO}])
    rows = set(Cue.objects.values_list("pk", flat=True))

    form.send([{"id": PartCaptions.objects.get().pk, "language": "en", "webvtt": HELLO}])

    assert set(Cue.objects.values_list("pk", flat=True)) == rows


def test_deleted_captions_take_their_sentences_with_them(form):
    form.send([{"language": "en", "webvtt": HELLO}])

    form.send([{"id": PartCaptions.objects.get().pk, "language": "en", "webvtt": HELLO, "DELETE": "1"}])

    assert not PartCaptions.objects.exists()
    assert not Cue.objects.exists()


def test_a_draft_changes_no_sentence_that_readers_find(form):
    form.send([{"language": "en", "webvtt": HELLO}])

    form.send([{"id": PartCaptions.objects.get().pk, "language": "en", "webvtt": SRT}], publish=False)

    assert [cue.text for cue in Cue.objects.order_by("start_ms")] == ["Good evening", "and welcome"]


def test_sentences_can_be_derived_anew(part, capsys):
    PartCaptions.objects.create(part=part, language="en", webvtt=HELLO)
    Cue.objects.all().delete()

    call_command("rebuild_captions")

    assert Cue.objects.count() == 2
    assert "2 captions; 1 files had changed." in capsys.readouterr().out


# Chapters ----------------------------------------------------------------------------------------------------------


def chapters_of(part: PartPage) -> list[tuple[int, str]]:
    return list(PartPage.objects.get(pk=part.pk).chapters.values_list("start", "title"))


def test_chapters_take_a_clock_and_stand_in_the_order_of_their_times(form, part):
    rows = [{"start": "0:45", "title": "Last"}, {"start": "0", "title": "First"}, {"start": "30", "title": "Middle"}]

    answer = form.send(chapters=rows)

    assert answer.status_code == 302, answer.context["form"].formsets["chapters"].errors
    assert chapters_of(part) == [(0, "First"), (30, "Middle"), (45, "Last")]


def test_the_form_shows_a_clock(form, desk, part):
    part.video.duration = 8000
    part.video.save()
    form.send(chapters=[{"start": "1:02:05", "title": "Late"}])

    assert chapters_of(part) == [(3725, "Late")]
    assert 'value="1:02:05"' in desk.get(f"/admin/pages/{part.pk}/edit/").text


@pytest.mark.parametrize("nonsense", ["soon", "-5", "1:75", "1:2:3:4", "0:60", "1.5", "²"])
def test_a_time_that_is_none_is_refused(form, nonsense):
    answer = form.send(chapters=[{"start": nonsense, "title": "Somewhere"}])

    assert "minutes and seconds" in form.errors(answer, "chapters")["start"][0]


@pytest.mark.parametrize(
    ("second", "words"), [("0:30", "Another chapter starts at this time."), ("1:00", "The video ends at 1:00")]
)
def test_chapters_at_the_same_time_or_beyond_the_end_are_refused(form, second, words):
    answer = form.send(chapters=[{"start": "30", "title": "One"}, {"start": second, "title": "Two"}])

    assert form.errors(answer, "chapters", 1)["start"][0].startswith(words)


# Credits -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "words"),
    [
        ("1:00", "The video ends at 1:00: its credits have to begin before."),
        ("2:00:00", "The video ends at 1:00: its credits have to begin before."),
        ("0", "Nothing would be left to watch: leave the field empty for no credits."),
        ("-1", "Write the time as minutes and seconds"),
    ],
)
def test_credits_that_leave_nothing_or_everything_to_watch_are_refused(form, start, words):
    answer = form.send(credits_start=start)

    assert answer.context["form"].errors["credits_start"][0].startswith(words)


@pytest.mark.parametrize(("start", "kept"), [("0:50", 50), ("", None)])
def test_credits_within_the_video_are_kept(form, part, start, kept):
    form.send(credits_start=start)

    part.refresh_from_db()
    assert part.credits_start == kept
