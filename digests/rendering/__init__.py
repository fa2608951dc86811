"""From a digest to a mail: the one function that preview, test and real sending share."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.utils import translation

from digests.links import Links
from digests.rendering.items import evening_of, sections_of, step_of
from digests.rendering.moulds import for_all, shown_of
from digests.rendering.notes import note_html
from digests.rendering.rendered import Rendered
from digests.selection import Digest

__all__ = ["Rendered", "render", "render_for_all"]


def render(digest: Digest, *, links: Links, on: date) -> Rendered:
    """Return the mail about `digest`, dated `on`, in the digest's language.

    Reads the database for renditions of covers that are not there yet.
    """
    return render_for_all(digest, on=on).for_person(links)


def render_for_all(digest: Digest, *, on: date) -> Rendered:
    """The same, equal for everybody whose digest is, with holes for the links of each person."""
    language = digest.language or settings.LANGUAGE_CODE
    with translation.override(language):
        shown = shown_of(
            rhythm=digest.rhythm,
            on=on,
            sections=sections_of(digest.sections, counted=digest.counted),
            note=note_html(digest.note),
            archive=digest.archive,
            language=language,
        )
        steps = tuple(step_of(step) for step in digest.steps)
        evenings = tuple(evening_of(page) for page in digest.evenings)
    return for_all(shown, steps, evenings)
