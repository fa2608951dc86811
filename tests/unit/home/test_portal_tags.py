"""The few words and drawings that templates ask for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

from home.models import Area, ContentKind
from home.templatetags import portal_tags


@pytest.mark.parametrize(
    ("count", "expected"),
    [(None, ""), (0, ""), (4, "4 min"), (59, "59 min"), (60, "1 h"), (95, "1 h 35 min"), (252, "4 h 12 min")],
)
def test_minutes_are_said_as_people_say_them(count, expected):
    assert portal_tags.minutes(count) == expected


@pytest.mark.parametrize(("seconds", "expected"), [(None, "0:00"), (9.7, "0:09"), (75, "1:15"), (3675, "1:01:15")])
def test_a_place_in_a_video_reads_like_a_clock(seconds, expected):
    assert portal_tags.clock(seconds) == expected


@pytest.mark.parametrize(
    ("name", "expected"), [("", ""), ("Bo", "B"), ("Hannah Sinclair", "HS"), ("ana de la torre", "AT")]
)
def test_initials_are_the_first_and_the_last(name, expected):
    assert portal_tags.initials(name) == expected


def test_every_kind_has_words_for_its_link():
    labels = {kind: portal_tags.go_label(kind) for kind in ContentKind}
    assert labels[ContentKind.INTERVIEW] == "Go to article"
    assert labels[ContentKind.PART] == "Go to part"
    assert all(labels.values())


def test_an_area_that_editors_added_shares_the_general_drawing():
    assert "#mark-training" in portal_tags.area_mark(Area(slug="training"))
    assert "#mark-any" in portal_tags.area_mark(Area(slug="mentoring"))
    assert "#pattern-any" in portal_tags.area_pattern(None)


ROOT = Path(settings.BASE_DIR)
ICON = re.compile(r"""{% icon ["'](\w+)["'] %}""")


def test_every_icon_that_a_template_names_is_drawn():
    drawn = set(re.findall(r'<symbol id="(\w+)"', (ROOT / "static/img/icons.svg").read_text()))
    named = {name for path in (ROOT / "templates").rglob("*.html") for name in ICON.findall(path.read_text())}
    assert (named | set(ContentKind.values)) - drawn == set()


def test_every_area_with_a_drawing_has_a_mark_and_a_pattern():
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (ROOT / "static/img/marks.svg").read_text()))
    assert {f"{what}-{name}" for what in ("mark", "pattern") for name in (*portal_tags.DRAWN, "any")} <= drawn


def test_the_page_for_our_own_mistakes_needs_no_request_and_no_database():
    html = get_template("500.html").render()
    assert "Something went wrong on our side" in html
    assert 'href="/"' in html
