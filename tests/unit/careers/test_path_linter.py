"""What the path linter says, and to which field it leads."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from wagtail.models import PageViewRestriction

from careers.models import PathStage
from careers.paths.linter import lint
from careers.selectors import findings_by_path
from tests.factories.careers import ArticlePageFactory, LearningPathPageFactory, ResourcePageFactory, add_stage
from tests.factories.masterclasses import MasterclassPageFactory, PartPageFactory, VideoFactory, publish
from tests.queries import assert_constant_queries

pytestmark = pytest.mark.django_db


def path_of(*stages: list[Any], after: dict[int, list[int]] | None = None, gate: str = "advice") -> Any:
    """`after={1: [0]}` lets stage 0 come before stage 1."""
    path = LearningPathPageFactory(stages=stages)
    rows = list(PathStage.objects.filter(path=path))
    for number, firsts in (after or {}).items():
        rows[number].after, rows[number].gate = [rows[first].key for first in firsts], gate
        rows[number].save()
    path.refresh_from_db()
    return path


def codes(path: Any) -> list[str]:
    return [finding.code for finding in lint(path)]


def only(path: Any) -> Any:
    [finding] = lint(path)
    return finding


def article() -> Any:
    return ArticlePageFactory()


def test_a_path_in_order_has_no_finding():
    assert lint(path_of([article()], [article()], after={1: [0]}, gate="lock")) == []


def test_a_step_whose_page_is_not_published_is_named_where_it_stands():
    page = ArticlePageFactory(title="Ten numbers", live=False)
    finding = only(path_of([article()], [article(), page]))
    assert finding.code == "unpublished"
    assert finding.sentence == "“Ten numbers” is not published: readers do not see this step."
    assert finding.anchor == "inline_child_stages-1-steps-1"


def test_private_and_expired_steps_are_told_apart():
    private, expired = ArticlePageFactory(), ArticlePageFactory(live=False, expired=True)
    PageViewRestriction.objects.create(page_id=private.pk, restriction_type=PageViewRestriction.LOGIN)
    assert codes(path_of([article(), private, expired])) == ["private", "expired"]


def test_a_deleted_step_is_named_with_its_day():
    page = ArticlePageFactory(title="Ten numbers")
    path = path_of([article(), page])
    with time_machine.travel(datetime(2026, 3, 4, 12, tzinfo=UTC), tick=False):
        page.delete()
    finding = only(path)
    assert finding.code == "deleted"
    assert finding.sentence == "“Ten numbers” was deleted on 4 March 2026. Choose another page, or remove the step."


def test_a_draft_from_before_the_deletion_still_knows_what_was_deleted():
    page = ArticlePageFactory(title="Ten numbers")
    path = path_of([article(), page])
    path.save_revision()
    page.delete()
    [finding] = lint(path.get_latest_revision_as_object())
    assert finding.sentence.startswith("“Ten numbers” was deleted on ")


@pytest.mark.parametrize(("gate", "severity", "refuses"), [("advice", "warning", False), ("lock", "error", True)])
def test_stages_that_wait_for_one_another_are_a_circle(gate, severity, refuses):
    path = path_of([article()], [article()], after={0: [1], 1: [0]}, gate=gate)
    circle = next(finding for finding in lint(path) if finding.code == "circle")
    assert (circle.severity, circle.refuses, circle.field) == (severity, refuses, "after")
    assert circle.sentence == "These stages wait for one another: “Stage 1” → “Stage 2” → “Stage 1”."


def test_a_stage_that_names_a_later_one_is_told_that_it_does_not_count():
    assert codes(path_of([article()], [article()], after={0: [1]})) == ["later-stage"]


def test_a_stage_that_names_one_that_is_gone_is_told():
    path = path_of([article()])
    PathStage.objects.update(after=["0" * 32])
    assert codes(path) == ["unknown-stage"]


def test_a_lock_behind_a_stage_with_nothing_to_do_holds_nobody_up():
    path = path_of([(article(), {"required": False})], [article()], after={1: [0]}, gate="lock")
    finding = only(path)
    assert (finding.code, finding.anchor, finding.field) == ("idle-lock", "inline_child_stages-1", "gate")


def test_a_lock_behind_a_masterclass_without_parts_cannot_open():
    path = path_of([MasterclassPageFactory(title="Negotiating")], [article()], after={1: [0]}, gate="lock")
    assert codes(path) == ["not-ready", "stuck-lock"]
    assert "nobody can complete it" in lint(path)[0].sentence


def test_a_part_without_video_or_with_one_that_is_not_ready_or_without_captions_says_so():
    series = MasterclassPageFactory()
    ready, being_made = VideoFactory(), VideoFactory()
    publish(ready)
    parts = [PartPageFactory(parent=series, video=video, minutes=5) for video in (None, being_made, ready)]
    said = [finding.sentence for finding in lint(path_of([article(), *parts]))]
    assert said == [
        f"“{parts[0].title}” has no video.",
        f"The video of “{parts[1].title}” is not ready.",
        f"“{parts[1].title}” has no captions.",
        f"“{parts[2].title}” has no captions.",
    ]


def test_stages_without_steps_and_with_closed_ones_alone_are_told_apart():
    path = path_of([article()], [ArticlePageFactory(live=False)])
    add_stage(path, [], title="Nothing here", sort_order=2)
    assert codes(path) == ["closed-stage", "unpublished", "empty-stage"]


def test_a_path_that_nobody_can_finish_says_so():
    assert codes(path_of([(article(), {"required": False})])) == ["nothing-required"]


def test_a_path_without_a_stage_says_so():
    finding = only(path_of())
    assert (finding.code, finding.anchor) == ("no-stage", "panel-child-content-stages-section")


def test_a_path_longer_than_a_working_week_is_asked_to_be_cut():
    assert codes(path_of([ResourcePageFactory(effort=2401)])) == ["many-minutes"]


def test_a_page_twice_is_found_at_its_second_place():
    page = article()
    finding = only(path_of([page], [page]))
    assert (finding.code, finding.stage, finding.step) == ("repeated", 1, 0)


def test_many_paths_are_linted_in_as_many_queries_as_one():
    paths: list[Any] = []

    def grow(number: int) -> None:
        paths.extend(path_of([PartPageFactory()], [MasterclassPageFactory()], after={1: [0]}) for _ in range(number))

    assert_constant_queries(lambda: findings_by_path(path.pk for path in paths), grow, rows=1, at_most=8)
