"""The sample community is promised in numbers; these count them."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from masterclasses.captions.intake import take_text
from portal.sample import slides
from portal.sample.content import WRITTEN_ON, items, read, shifted

AREAS = {"marketplace", "job-tools", "training", "networking"}
ARTICLES = {article["slug"]: article for article in items("articles")}
PARTS = read("masterclass")["part"]


def words(value: Any) -> int:
    if isinstance(value, dict):
        return sum(words(item) for key, item in value.items() if key not in {"type", "level", "style", "page", "slug"})
    if isinstance(value, list):
        return sum(words(item) for item in value)
    return len(re.sub(r"<[^>]+>", " ", str(value)).split())


def references() -> set[str]:
    known = {f"{folder}/{item['slug']}" for folder in ("articles", "resources", "paths") for item in items(folder)}
    return known | {f"parts/{part['slug']}" for part in PARTS} | {f"masterclass/{read('masterclass')['slug']}"}


def test_there_are_at_least_sixteen_articles_and_three_in_every_area():
    assert len(ARTICLES) >= 16
    for area in AREAS:
        assert sum(area in article["areas"] for article in ARTICLES.values()) >= 3


@pytest.mark.parametrize("slug", ARTICLES)
def test_an_article_has_400_to_900_words(slug):
    assert 400 <= words(ARTICLES[slug]["body"]) <= 900


def test_there_are_six_resources_six_people_and_a_path_for_every_area():
    assert len(items("resources")) == 6
    assert len(read("people")["person"]) == 6
    of_one_area = {path["area"] for path in items("paths") if "area" in path}
    across = [path["areas"] for path in items("paths") if "areas" in path]
    assert of_one_area == AREAS
    assert [set(areas) for areas in across] == [AREAS]


@pytest.mark.parametrize("path", items("paths"), ids=lambda path: path["slug"])
def test_a_path_has_two_stages_five_steps_and_mixed_kinds(path):
    pages = [step["page"] for stage in path["stage"] for step in stage["step"]]
    assert len(path["stage"]) >= 2
    assert len(pages) == len(set(pages)) >= 5
    assert len({page.split("/")[0] for page in pages}) >= 2


def test_every_reference_finds_its_page():
    steps = {step["page"] for path in items("paths") for stage in path["stage"] for step in stage["step"]}
    related = {page for article in ARTICLES.values() for page in article["related"]}
    blocks = [block for article in ARTICLES.values() for block in article["body"]]
    calls = {block["page"] for block in blocks if block["type"] == "call_to_action"}
    embedded = {f"parts/{block['slug']}" for block in blocks if block["type"] == "part"}
    assert steps | related | calls | embedded | set(read("pages")["home"]["featured"]) <= references()


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part["slug"])
def test_a_film_lasts_40_to_90_seconds_with_captions_one_can_read(part):
    assert 40 <= sum(slide["seconds"] for slide in part["slide"]) <= 90
    assert all(len(slide["narration"]) / slide["seconds"] <= 17 for slide in part["slide"])
    assert slides.chapters(part["slide"])[0][0] == 0
    assert slides.captions(part["slide"]).count("-->") == len(part["slide"])


@pytest.mark.parametrize(
    ("today", "moved"),
    [(WRITTEN_ON, 0), (date(2026, 11, 29), 0), (date(2026, 11, 30), 7), (date(2027, 11, 22), 364)],
)
def test_dates_move_with_today_by_whole_weeks(today, moved):
    assert (shifted(WRITTEN_ON, today) - WRITTEN_ON).days == moved


def test_the_captions_of_the_sample_are_such_as_an_editor_may_save():
    for part in PARTS:
        found = take_text(slides.captions(part["slide"]))

        assert [problem.words for problem in found.problems] == []
        assert len(found.cues) == len(part["slide"])
        assert all(start < found.cues[-1].end / 1000 for start, _title in slides.chapters(part["slide"]))
