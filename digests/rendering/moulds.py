"""Mails that are equal but for their personal parts are rendered once, with holes that are filled for each person.

A mould is recognised by everything that it shows, so it can never be out of date: another title is another mould.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

import css_inline
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe

from digests.rendering import words
from digests.rendering.items import EveningItem, ItemSection, StepItem
from digests.rendering.names import NAMES, RARER
from digests.rendering.notes import note_text
from digests.rendering.rendered import HOLES, Rendered, hole
from jobs.mail import inline_styles
from jobs.naming import portal_name

#: Some 100 kB each; the least recently used go first.
MOULDS = 64
STEPS, CUT = hole("steps"), hole("cut")
#: Mail servers cut longer lines (RFC 5321, 4.5.3.1.6), and a mail that has one is encoded more slowly. Nothing is shown
#: between these ends and what follows them.
ENDS = re.compile(r"(</(?:td|tr|table|p|h1|h2|h3|style)>)")


@dataclass(frozen=True)
class Shown:
    """Everything that a mail shows, but for the personal parts."""

    rhythm: str
    on: date
    sections: tuple[ItemSection, ...]
    note: str
    archive: str
    language: str
    base_url: str
    site: str


@lru_cache(maxsize=MOULDS)
def mould_of(shown: Shown) -> Rendered:
    """The mail, with holes for the links and for the steps of one person."""
    with translation.override(shown.language):
        items = [item for section in shown.sections for item in section.items]
        subject, preheader = words.subject_of(items), words.preheader_of(items)
        context = {
            "subject": subject,
            "preheader": preheader,
            "name": NAMES[shown.rhythm],
            "headline": words.headline_of(items, areas_only=not any(section.followed for section in shown.sections)),
            "minutes": words.minutes_of(items),
            "shown": shown,
            # nh3 has cleaned it (`notes`).
            "note": mark_safe(shown.note),  # noqa: S308
            "note_text": note_text(shown.note),
            "links": HOLES,
            "steps": STEPS,
            "rarer": [(f"{HOLES.preferences}?rhythm={rhythm}", name) for rhythm, name in RARER[shown.rhythm]],
        }
        html = ENDS.sub(r"\1\n", inline_styles(render_to_string("emails/digest.html", context)))
        text = render_to_string("emails/digest.txt", context).strip() + "\n"
    return Rendered(subject, preheader, html, text)


@lru_cache(maxsize=MOULDS * 8)
def steps_of(steps: tuple[StepItem, ...], evenings: tuple[EveningItem, ...], language: str) -> tuple[str, str]:
    """The personal part about coming evenings and paths in progress, as HTML and as text; empty where there is none."""
    if not steps and not evenings:
        return "", ""
    with translation.override(language):
        around = f'<table class="paper"><tr><td class="content">{CUT}%s{CUT}</td></tr></table>'
        context = {"steps": steps, "evenings": evenings}
        html = render_to_string("emails/digest_steps.html", context)
        text = render_to_string("emails/digest_steps.txt", context)
    inlined = css_inline.inline_fragment(around % html, _styles(), load_remote_stylesheets=False, minify_css=True)
    return inlined.split(CUT)[1], text.strip() + "\n\n"


@lru_cache(maxsize=1)
def _styles() -> str:
    return render_to_string("emails/styles.css") + render_to_string("emails/digest.css")


@lru_cache(maxsize=MOULDS * 2)
def for_all(shown: Shown, steps: tuple[StepItem, ...], evenings: tuple[EveningItem, ...]) -> Rendered:
    """The mail of all whose steps and evenings are the same, with holes for their links."""
    mould = mould_of(shown)
    steps_html, steps_text = steps_of(steps, evenings, shown.language)
    html, text = mould.html.replace(STEPS, steps_html), mould.text.replace(f"{STEPS}\n", steps_text)
    return replace(mould, html=html, text=text)


def shown_of(
    *, rhythm: str, on: date, sections: tuple[ItemSection, ...], note: str, archive: str, language: str
) -> Shown:
    base = settings.BASE_URL
    link = base + archive if archive else ""
    return Shown(rhythm, on, sections, note, link, language, base, portal_name())
