"""The groups that come with the portal, and the workflow between two of them."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page, Workflow

from accounts.groups import PLANS, sync_groups, unknown_permissions
from home.models import StandardPage
from tests.factories.accounts import PersonFactory, browser_of

pytestmark = pytest.mark.django_db


def test_every_permission_in_the_plans_is_one_that_exists():
    assert unknown_permissions() == set()


def test_the_four_groups_stand_after_migrate():
    assert set(PLANS) <= set(Group.objects.values_list("name", flat=True))


@pytest.mark.parametrize("name", PLANS)
def test_a_group_may_what_its_plan_says(name):
    person = PersonFactory(groups=[name])
    assert person.has_perms(PLANS[name].everywhere)
    root, collection = Page.get_first_root_node(), Collection.get_first_root_node()
    on_pages = GroupPagePermission.objects.filter(group__name=name, page=root)
    in_collections = GroupCollectionPermission.objects.filter(group__name=name, collection=collection)
    assert {f"wagtailcore.{p.permission.codename}" for p in on_pages} >= set(PLANS[name].on_pages)
    assert {p.permission.codename for p in in_collections} >= {c.split(".")[1] for c in PLANS[name].in_collections}


@pytest.mark.parametrize("name", PLANS)
def test_no_group_may_manage_people(name):
    person = PersonFactory(groups=[name])
    assert not any(person.has_perm(f"accounts.{verb}_user") for verb in ("add", "change", "delete", "view"))


def test_a_practitioner_may_nothing():
    assert PersonFactory().get_all_permissions() == set()


def test_repeating_keeps_what_an_owner_added_and_doubles_nothing():
    editors = Group.objects.get(name="Editors")
    extra = Permission.objects.get(codename="delete_person")
    editors.permissions.add(extra)
    before = (Group.objects.count(), GroupPagePermission.objects.count(), GroupCollectionPermission.objects.count())
    sync_groups()
    after = (Group.objects.count(), GroupPagePermission.objects.count(), GroupCollectionPermission.objects.count())
    assert extra in editors.permissions.all()
    assert before == after


def test_migrate_brings_back_a_group_that_is_missing():
    Group.objects.get(name="Digest editors").delete()
    call_command("migrate", verbosity=0)
    assert Group.objects.get(name="Digest editors").permissions.filter(codename="access_admin").exists()


def test_a_database_without_pages_still_gets_its_groups():
    Page.objects.all().delete()
    Group.objects.all().delete()
    sync_groups()
    assert Group.objects.count() == len(PLANS)


def test_an_editor_submits_and_a_moderator_publishes():
    home = Page.objects.get(depth=2)
    page = home.add_child(instance=StandardPage(title="About", slug="about-us", live=False))
    page.save_revision()
    editor, moderator = PersonFactory(groups=["Editors"]), PersonFactory(groups=["Moderators"])
    assert page.get_workflow() == Workflow.objects.get(name="Moderators approval")
    assert not page.permissions_for_user(editor).can_publish()
    assert page.permissions_for_user(editor).can_submit_for_moderation()

    page.get_workflow().start(page, editor)
    task = page.current_workflow_task_state
    assert browser_of(editor).get(f"/admin/pages/{page.pk}/edit/").status_code == 200
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task.pk])
    browser_of(editor).post(address)
    page.refresh_from_db()
    assert not page.live
    browser_of(moderator).post(address)
    page.refresh_from_db()
    assert page.live
