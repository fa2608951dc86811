"""From a digest to a mail: the one function that preview, test and real sending share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils import translation

from digests.links import Links
from digests.rendering.items import evening_of, sections_of, step_of
from digests.rendering.moulds import fill, mould_of, shown_of
from digests.rendering.notes import note_html
from digests.selection import Digest

__all__ = ["Rendered", "render"]


@dataclass(frozen=True)
class Rendered:
    subject: str
    preheader: str
    html: str
    text: str


def render(digest: Digest, *, links: Links, on: date) -> Rendered:
    """Return the mail about `digest`, dated `on`, in the digest's language.

    Reads the database for renditions of covers that are not there yet.
    """
    language = digest.language or settings.LANGUAGE_CODE
    with translation.override(language):
        shown = shown_of(
            rhythm=digest.rhythm,
            on=on,
            sections=sections_of(digest.sections),
            note=note_html(digest.note),
            archive=digest.archive,
            language=language,
        )
        steps = tuple(step_of(step) for step in digest.steps)
        evenings = tuple(evening_of(page) for page in digest.evenings)
    mould = mould_of(shown)
    html, text = fill(mould, links=links, steps=steps, evenings=evenings, language=language)
    return Rendered(mould.subject, mould.preheader, html, text)
