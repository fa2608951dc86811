"""The admin's home page answers "what needs me?"."""

from __future__ import annotations

import pytest
from django.urls import reverse
from wagtail.models import GroupApprovalTask, Workflow, WorkflowPage, WorkflowTask

from accounts.groups import EDITORS, MODERATORS
from home.desk import page_needs
from tests.factories.accounts import AdminFactory, PersonFactory, browser_of
from tests.factories.home import HomePageFactory, StandardPageFactory
from tests.queries import assert_constant_queries, fetch

pytestmark = pytest.mark.django_db

HOME = reverse("wagtailadmin_home")


@pytest.fixture
def editor():
    return PersonFactory(groups=[EDITORS])


@pytest.fixture
def moderator():
    return PersonFactory(groups=[MODERATORS])


@pytest.fixture
def workflow(moderator):
    task = GroupApprovalTask.objects.create(name="Second pair of eyes")
    task.groups.set(moderator.groups.all())
    workflow = Workflow.objects.create(name="Review")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.update_or_create(page=HomePageFactory(), defaults={"workflow": workflow})
    return workflow


def drafted(person, **fields):
    page = StandardPageFactory(**{"live": False, "has_unpublished_changes": True, **fields})
    page.save_revision(user=person)
    return page


def said(person):
    return browser_of(person).get(HOME).content.decode()


def test_who_has_nothing_to_do_is_told_so(editor):
    assert "Nothing waits for you" in said(editor)


def test_my_drafts_wait_for_me_and_not_for_others(editor):
    drafted(editor, title="Salary talks")

    assert "Nothing waits for you" not in said(editor)
    assert "Salary talks" in said(editor)
    assert page_needs.drafts(PersonFactory(groups=[EDITORS])).lines == []


def test_a_draft_says_whether_readers_see_an_earlier_version(editor):
    drafted(editor, title="New")
    drafted(editor, title="Changed", live=True)

    words = {line.title: line.words for line in page_needs.drafts(editor).lines}

    assert "not published" in words["New"]
    assert "readers still see the earlier version" in words["Changed"]


def test_a_page_of_which_one_may_no_longer_change_anything_is_not_asked_for(editor):
    drafted(editor)

    editor.groups.clear()

    assert page_needs.drafts(type(editor).objects.get(pk=editor.pk)).lines == []


def test_a_review_waits_for_who_may_give_it_and_the_sender_knows(editor, moderator, workflow):
    page = drafted(editor, title="Salary talks")
    workflow.start(page, editor)

    [line] = page_needs.reviews(moderator).lines

    assert line.title == "Salary talks"
    assert str(editor) in line.words
    assert page_needs.reviews(editor).lines == []
    assert page_needs.drafts(editor).lines == []
    sent = page_needs.in_review(editor)
    assert sent.lines[0].title == "Salary talks"
    assert not sent.asks


def test_what_comes_back_from_review_asks_for_changes(editor, moderator, workflow):
    page = drafted(editor, title="Salary talks")
    workflow.start(page, editor)
    page.current_workflow_task.specific.on_action(page.current_workflow_task_state, moderator, "reject")

    sent = page_needs.in_review(editor)

    assert sent.asks
    assert sent.lines[0].urgent


def test_the_home_page_costs_the_same_however_much_waits(moderator, workflow):
    admin = AdminFactory()
    writer = PersonFactory(groups=[EDITORS])

    def grow(number):
        for _ in range(number):
            drafted(admin)
            drafted(moderator, live=True)
            workflow.start(drafted(writer), moderator)

    grow(6)
    assert_constant_queries(fetch(HOME, browser_of(moderator)), grow, at_most=60)
    assert_constant_queries(fetch(HOME, browser_of(admin)), grow, rows=1, at_most=60)
