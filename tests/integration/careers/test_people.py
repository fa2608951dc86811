"""Looking at one person's progress: permitted by name, never unnoticed."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission
from wagtail.models import ModelLogEntry

from accounts.privacy.looks import LOOKED
from careers.actions import enrol, mark_done
from careers.progress.explaining import explain
from tests.factories.accounts import AdminFactory, PersonFactory, browser_of
from tests.factories.careers import ArticlePageFactory, CompletionFactory, EnrolmentFactory, LearningPathPageFactory
from tests.queries import assert_constant_queries, fetch

pytestmark = pytest.mark.django_db

PEOPLE = "/admin/reports/people/"


@pytest.fixture
def person():
    return PersonFactory(name="Amara Okonjo", email="amara@example.org")


@pytest.fixture
def mentor():
    mentor = PersonFactory(name="Ines Mentor", groups=["Editors"])
    mentor.user_permissions.add(Permission.objects.get(codename="see_persons_progress"))
    return mentor


def looks() -> list[tuple[str, str, str]]:
    rows = ModelLogEntry.objects.filter(action=LOOKED)
    return [(entry.user.name, entry.label, entry.data["role"]) for entry in rows]


def test_a_person_is_found_by_name_or_address_and_finding_is_no_look(person, mentor):
    browser = browser_of(mentor)
    for words in ("amara ok", "AMARA@"):
        assert f"{PEOPLE}{person.pk}/" in browser.get(PEOPLE, {"q": words}).content.decode()
    assert looks() == []


@pytest.mark.parametrize(
    ("words", "said"),
    [("am", "Type at least 3 letters."), ("nobody", "Nobody has such a name"), ("\x00ama\x00", "Amara")],
)
def test_a_search_that_finds_nothing_says_so(words, said, person, mentor):
    assert said in browser_of(mentor).get(PEOPLE, {"q": words}).content.decode()


def test_everybody_is_not_to_be_had_by_one_search(mentor):
    PersonFactory.create_batch(30)
    page = browser_of(mentor).get(PEOPLE, {"q": "example.org"}).content.decode()
    assert page.count(PEOPLE) < 30


def test_a_look_shows_paths_with_a_sentence_and_what_was_done(person, mentor):
    first, second = ArticlePageFactory(title="The five shapes"), ArticlePageFactory(title="Ask early")
    EnrolmentFactory(person=person, path=LearningPathPageFactory(title="Begin well", stages=[[first, second]]))
    CompletionFactory(person=person, page=first)

    page = browser_of(mentor).get(f"{PEOPLE}{person.pk}/").content.decode()

    for words in ("Begin well", "1 of 2", "Ask early", "The five shapes"):
        assert words in page


def test_the_sentence_on_a_path_is_the_one_that_the_person_reads(person, mentor):
    first, second, third = ArticlePageFactory.create_batch(3)
    locked = LearningPathPageFactory(title="Begin well", stages=[[first], [second, third]])
    before, after = locked.stages.all()
    after.after, after.gate = [before.key], after.Gate.LOCK
    after.save()
    finished = LearningPathPageFactory(title="Go on", stages=[[second]])
    for path in (locked, finished):
        enrol(person=person, path=path)
    mark_done(person=person, page=second)

    page = browser_of(mentor).get(f"{PEOPLE}{person.pk}/").content.decode()

    for path in (locked, finished):
        assert explain(person, path) in page
    assert "The stage “Stage 2” opens when" in page


def test_every_look_is_written_down_with_who_and_whom_and_when(person, mentor):
    browser = browser_of(mentor)
    for _time in range(2):
        browser.get(f"{PEOPLE}{person.pk}/")
    assert looks() == [("Ines Mentor", "Amara Okonjo", "Editors")] * 2
    assert ModelLogEntry.objects.filter(action=LOOKED, timestamp__isnull=False).count() == 2


def test_the_person_sees_that_somebody_looked_and_not_who(person, mentor):
    own = browser_of(person)
    assert "Nobody did." in own.get("/accounts/privacy/").content.decode()

    browser_of(mentor).get(f"{PEOPLE}{person.pk}/")

    page = own.get("/accounts/privacy/").content.decode()
    assert "Editors" in page
    assert "Ines" not in page


@pytest.mark.parametrize("pk", [987_654, 10**30])
def test_a_person_who_is_not_there_cannot_be_looked_at(pk, mentor):
    assert browser_of(mentor).get(f"{PEOPLE}{pk}/").status_code == 404
    assert looks() == []


@pytest.mark.parametrize("groups", [["Editors"], ["Moderators"], ["Digest editors"], []])
def test_no_group_may_look_unless_an_owner_says_so(groups, person):
    browser = browser_of(PersonFactory(groups=groups))
    for address in (PEOPLE, f"{PEOPLE}{person.pk}/"):
        assert browser.get(address).status_code == 302
    assert looks() == []


def test_the_list_of_users_leads_there(person):
    assert f"{PEOPLE}{person.pk}/" in browser_of(AdminFactory()).get("/admin/users/").content.decode()


def test_an_owner_finds_the_permission_among_those_of_a_group():
    page = browser_of(AdminFactory()).get("/admin/groups/new/").content.decode()
    assert "May see a person" in page


def test_a_look_costs_the_same_however_much_was_done(person, mentor):
    EnrolmentFactory(person=person)
    assert_constant_queries(
        fetch(f"{PEOPLE}{person.pk}/", browser_of(mentor)),
        lambda count: CompletionFactory.create_batch(count, person=person),
        at_most=30,
    )
