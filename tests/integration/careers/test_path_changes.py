"""Publishing a changed path: what editors are told before, and what no edit can do to anybody."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import PageViewRestriction

from careers.actions import enrol, mark_done
from careers.models import Completion, Enrolment, LearningPathPage, PathStage, PathStep
from careers.paths.impact import Impact, impact_of
from careers.progress.asking import ask_of_paths
from careers.progress.settling import settle_due
from careers.selectors import path_progress
from home.models import Area, ContentPage
from tests.factories.accounts import AdminFactory, PersonFactory, browser_of
from tests.factories.careers import ArticlePageFactory, LearningPathPageFactory
from tests.integration.careers.test_editing import path as path_form
from tests.integration.careers.test_editing import step as step_form
from tests.queries import assert_constant_queries, fetch

pytestmark = pytest.mark.django_db


def draft_with(path: LearningPathPage, *stages: list[Any]) -> LearningPathPage:
    """An unsaved change: stages of (page, required)."""
    draft = LearningPathPage.objects.get(pk=path.pk)
    made = []
    for number, steps in enumerate(stages):
        stage = PathStage(title=f"Stage {number}")
        stage.steps.set([PathStep(page=page, required=required) for page, required in steps])
        made.append(stage)
    draft.stages.set(made)
    return draft


def follower(path: LearningPathPage, *done: Any) -> Any:
    person: Any = PersonFactory()
    enrol(person=person, path=path)
    for page in done:
        mark_done(person=person, page=page)
    return person


# Impact --------------------------------------------------------------------------------------------------------


def test_an_unchanged_path_means_nothing_to_anybody():
    first, second = ArticlePageFactory.create_batch(2)
    path = LearningPathPageFactory(stages=[[first, second]])
    follower(path, first)
    assert impact_of(draft_with(path, [(first, True), (second, True)])) == Impact(followers=1)


def test_who_has_not_done_the_new_step_gains_it_and_a_finisher_stays_one():
    first, new = ArticlePageFactory.create_batch(2)
    path = LearningPathPageFactory(stages=[[first]])
    follower(path)
    follower(path, first)
    follower(path, new)
    impact = impact_of(draft_with(path, [(first, True), (new, True)]))
    assert impact == Impact(followers=3, gain=2, stay=1)
    assert impact.sentence == "2 people gain a step, 0 lose one; 0 finish at once."


def test_who_has_done_all_that_is_left_finishes_at_once_and_who_did_what_goes_loses_a_step_of_the_path():
    stays, goes = ArticlePageFactory.create_batch(2)
    path = LearningPathPageFactory(stages=[[stays, goes]])
    follower(path, stays)
    follower(path, goes)
    impact = impact_of(draft_with(path, [(stays, True), (goes, False)]))
    assert impact == Impact(followers=2, lose=1, finish=1)
    assert impact.sentence == "0 people gain a step, 1 loses one; 1 finishes at once."


def test_a_new_step_that_readers_cannot_open_is_no_gain():
    first, closed = ArticlePageFactory(), ArticlePageFactory(live=False)
    path = LearningPathPageFactory(stages=[[first]])
    follower(path)
    assert not impact_of(draft_with(path, [(first, True), (closed, True)])).matters


def test_the_impact_costs_the_same_however_many_follow():
    first, new = ArticlePageFactory.create_batch(2)
    path = LearningPathPageFactory(stages=[[first]])
    draft = draft_with(path, [(first, True), (new, True)])
    assert_constant_queries(lambda: impact_of(draft), lambda n: [follower(path) for _ in range(n)], at_most=4)


# The editor ----------------------------------------------------------------------------------------------------


@pytest.fixture
def editor():
    return browser_of(AdminFactory())


def publish(editor: Any, path: LearningPathPage, *steps: Any) -> Any:
    data = path_form(Area.objects.get(slug="marketplace"), [step_form(page) for page in steps], slug=path.slug)
    return editor.post(reverse("wagtailadmin_pages:edit", args=[path.pk]), data | {"action-publish": "1"})


def test_a_change_that_people_notice_is_asked_about_and_then_published(editor):
    first, new = ArticlePageFactory.create_batch(2)
    path = LearningPathPageFactory(stages=[[first]])
    follower(path, first)

    asked = publish(editor, path, first, new)

    assert "1 person gains a step, 0 lose one; 0 finish at once." in asked.content.decode()
    assert PathStep.objects.filter(page=new.pk).count() == 0
    path.refresh_from_db()
    answer = {"revision": path.latest_revision_id}
    editor.post(reverse("careers_path_publish", args=[path.pk]), answer)
    assert PathStep.objects.filter(page=new.pk).count() == 1
    assert Enrolment.objects.get().finished_at is not None


def test_a_change_that_nobody_notices_is_published_without_a_question(editor):
    first, new = ArticlePageFactory.create_batch(2)
    path = LearningPathPageFactory(stages=[[first]])
    assert publish(editor, path, first, new).status_code == 302
    assert PathStep.objects.filter(page=new.pk).count() == 1


def test_an_answer_to_an_older_draft_publishes_nothing(editor):
    first, new = ArticlePageFactory.create_batch(2)
    path = LearningPathPageFactory(stages=[[first]])
    follower(path)
    publish(editor, path, first, new)
    older = LearningPathPage.objects.get(pk=path.pk).latest_revision_id
    publish(editor, path, first, new)

    editor.post(reverse("careers_path_publish", args=[path.pk]), {"revision": older})

    assert PathStep.objects.filter(page=new.pk).count() == 0


@pytest.mark.parametrize("name", ["careers_path_review", "careers_path_publish"])
def test_who_may_not_edit_the_path_is_sent_away(name):
    path = LearningPathPageFactory()
    browser = browser_of(PersonFactory())
    ask = browser.post if name.endswith("publish") else browser.get
    assert ask(reverse(name, args=[path.pk])).status_code == 302


def test_the_editor_shows_the_findings_with_links_to_their_steps(editor):
    path = LearningPathPageFactory(stages=[[ArticlePageFactory(), ArticlePageFactory(live=False)]])
    shown = editor.get(reverse("wagtailadmin_pages:edit", args=[path.pk])).content.decode()
    assert 'href="#inline_child_stages-0-steps-1"' in shown
    assert 'id="inline_child_stages-0-steps-1"' in shown


def test_the_report_lists_every_path_with_its_findings_in_a_constant_number_of_queries(editor):
    address = reverse("careers_path_check")

    def grow(number: int) -> None:
        for _ in range(number):
            LearningPathPageFactory(stages=[[ArticlePageFactory(live=False)]])

    assert_constant_queries(fetch(address, editor), grow, rows=1, at_most=30)
    assert "is not published: readers do not see this step." in editor.get(address).content.decode()


def test_locks_that_wait_for_one_another_are_refused_beside_the_field(editor):
    path = LearningPathPageFactory(stages=[[ArticlePageFactory()], [ArticlePageFactory()]])
    one, two = PathStage.objects.filter(path=path)
    data = path_form(
        Area.objects.get(slug="marketplace"), *[[step_form(stage.steps.get().page)] for stage in (one, two)]
    )
    for number, first in ((0, two), (1, one)):
        key = (one, two)[number].key
        data |= {f"stages-{number}-key": key, f"stages-{number}-after": f'["{first.key}"]'}
        data |= {f"stages-{number}-gate": "lock"}

    response = editor.post(reverse("wagtailadmin_pages:edit", args=[path.pk]), data | {"action-publish": "1"})

    [message] = response.context["form"].formsets["stages"].forms[0].errors["after"]
    assert message.startswith("These stages wait for one another")


def test_what_comes_first_survives_another_order_of_new_stages(editor):
    path = LearningPathPageFactory(stages=[])
    data = path_form(Area.objects.get(slug="marketplace"), *[[step_form(ArticlePageFactory())] for _ in range(2)])
    data |= {"stages-0-key": "a" * 32, "stages-1-key": "b" * 32, "stages-1-after": f'["{"a" * 32}"]'}
    data |= {"stages-0-ORDER": "2", "stages-1-ORDER": "1"}
    editor.post(reverse("wagtailadmin_pages:edit", args=[path.pk]), data | {"action-publish": "1"})
    rows = PathStage.objects.filter(path=path).values_list("title", "after")
    assert list(rows) == [("Stage 2", ["a" * 32]), ("Stage 1", [])]


@pytest.mark.parametrize(("mode", "percent"), [("begun", "0%"), ("half", "50%"), ("done", "100%")])
def test_an_editor_walks_as_a_learner_without_leaving_a_trace(mode, percent, editor):
    path = LearningPathPageFactory(stages=[ArticlePageFactory.create_batch(2)])
    path.save_revision()
    address = reverse("wagtailadmin_pages:view_draft", args=[path.pk])
    shown = editor.get(address, {"mode": mode}).content.decode()
    made = path.make_preview_request(preview_mode=mode).content.decode()
    assert path.title in shown
    assert percent in made
    assert not Enrolment.objects.exists()


# No edit takes anything away -----------------------------------------------------------------------------------

PAGES = 4
numbers = st.integers(min_value=0, max_value=PAGES - 1)
edits = st.one_of(
    st.tuples(st.just("stages"), st.lists(st.tuples(numbers, st.booleans()), unique_by=lambda s: s[0]), st.booleans()),
    st.tuples(st.sampled_from(["unpublish", "private", "delete", "publish"]), numbers, st.just(value=False)),
)


def apply(edit: tuple[Any, ...], path_id: int, pages: list[Any]) -> None:
    kind, what, lock = edit
    if kind == "stages":
        wanted = [(ContentPage.objects.filter(pk=pages[number].pk).first(), required) for number, required in what]
        kept = [step for step in wanted if step[0]]
        draft = draft_with(LearningPathPage.objects.get(pk=path_id), kept[:2], kept[2:])
        if lock:
            first, second = draft.stages.all()
            second.after, second.gate = [first.key], PathStage.Gate.LOCK
        draft.save_revision(clean=False).publish()
        return
    page = ContentPage.objects.filter(pk=pages[what].pk).first()
    if page and kind == "delete":
        page.specific.delete()
    elif page and kind == "private":
        PageViewRestriction.objects.create(page_id=page.pk, restriction_type=PageViewRestriction.LOGIN)
    elif page:
        page.specific.unpublish() if kind == "unpublish" else page.specific.save_revision().publish()


def test_no_edit_of_a_path_removes_a_completion_or_unfinishes_anybody(django_db_blocker):
    from django.db import transaction

    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(edits, min_size=1, max_size=5), st.lists(st.sets(numbers), min_size=1, max_size=2))
    def prove(changes: list[tuple[Any, ...]], people: list[set[int]]) -> None:
        with transaction.atomic():
            pages = ArticlePageFactory.create_batch(PAGES)
            path = LearningPathPageFactory(stages=[pages[:2], pages[2:]])
            followers = [follower(path, *(pages[number] for number in done)) for done in people]
            for change in changes:
                before = set(Completion.objects.values_list("person", "page"))
                finished = set(Enrolment.objects.exclude(finished_at=None).values_list("pk", flat=True))
                apply(change, path.pk, pages)
                ask_of_paths([path.pk])  # what a page that was deleted asks after the commit
                settle_due()
                there = set(ContentPage.objects.values_list("pk", flat=True))
                kept = {(person, page) for person, page in before if page in there}
                assert kept <= set(Completion.objects.values_list("person", "page"))
                assert finished <= set(Enrolment.objects.exclude(finished_at=None).values_list("pk", flat=True))
                for person in followers:
                    row = Enrolment.objects.get(person=person)
                    shown = path_progress(person, LearningPathPage.objects.get(pk=path.pk))
                    assert shown.finished == (row.finished_at is not None)
            transaction.set_rollback(True)

    prove()
