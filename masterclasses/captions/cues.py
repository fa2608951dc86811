"""Keeping the single captions true to the files they come from."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction
from wagtail.search import index

from masterclasses.captions import markup
from masterclasses.captions.intake import take_text
from masterclasses.captions.words import folded_line
from masterclasses.models import Cue, PartCaptions, PartPage

Facts = tuple[str, int, int, str, str]


@transaction.atomic
def derive_cues(captions: PartCaptions) -> bool:
    """Make the rows of these captions what their text says; return whether that changed any.

    Text that could not be saved today (rules change) gives the captions in it that can be read.
    """
    wanted = list(_facts(captions))
    rows = captions.cues.order_by("pk")
    if wanted == list(rows.values_list("language", "start_ms", "end_ms", "speaker", "text")):
        return False
    rows.delete()
    Cue.objects.bulk_create(
        (
            Cue(
                captions=captions,
                part_id=captions.part_id,
                language=language,
                start_ms=start,
                end_ms=end,
                speaker=speaker,
                text=text,
                folded=folded_line(text),
            )
            for language, start, end, speaker, text in wanted
        ),
        batch_size=500,
    )
    return True


def _facts(captions: PartCaptions) -> Iterator[Facts]:
    for cue in take_text(captions.webvtt).cues:
        yield captions.language, cue.start, cue.end, markup.speaker(cue.payload)[:100], cue.text


def index_part(part_id: int) -> None:
    """Let the search find the part by what its captions say now."""
    part = PartPage.objects.filter(pk=part_id).first()
    if part:
        index.insert_or_update_object(part)


def rebuild() -> int:
    """Derive all single captions anew and index their parts; return how many captions had to be changed."""
    changed = 0
    for captions in PartCaptions.objects.order_by("pk").iterator(chunk_size=50):
        changed += derive_cues(captions)
    for part_id in PartCaptions.objects.order_by().values_list("part", flat=True).distinct():
        index_part(part_id)
    return changed
