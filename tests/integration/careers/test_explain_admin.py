"""Staff read the sentence that the person reads, and it is written down that they looked."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from wagtail.models import ModelLogEntry

from accounts.privacy.looks import LOOKED
from careers.actions import mark_done
from careers.progress.explaining import explain
from tests.factories.accounts import PersonFactory, browser_of
from tests.factories.careers import ArticlePageFactory, LearningPathPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return PersonFactory()


@pytest.fixture
def mentor():
    mentor = PersonFactory(groups=["Editors"])
    mentor.user_permissions.add(Permission.objects.get(codename="see_persons_progress"))
    return mentor


def address(person) -> str:
    return reverse("careers_person_why", args=[person.pk])


@pytest.mark.parametrize("factory", [ArticlePageFactory, LearningPathPageFactory])
def test_the_answer_is_the_person_s_own_sentence(factory, person, mentor):
    page = factory()

    shown = browser_of(mentor).get(address(person), {"page": page.pk}).content.decode()

    assert explain(person, page) in shown


def test_all_that_the_person_did_is_listed_and_the_look_is_in_the_log(person, mentor):
    article = ArticlePageFactory(title="The five shapes")
    mark_done(person=person, page=article)

    shown = browser_of(mentor).get(address(person)).content.decode()

    assert "The five shapes" in shown
    assert explain(person, article) in shown
    assert ModelLogEntry.objects.get(action=LOOKED).user == mentor


@pytest.mark.parametrize("page", ["0", "x", "-1", str(10**30), ""])
def test_a_page_that_is_none_gets_a_sentence_and_no_answer(page, person, mentor):
    response = browser_of(mentor).get(address(person), {"page": page})

    assert response.status_code == 200
    assert "<q>" not in response.content.decode()


def test_who_lacks_the_permission_sees_nothing_and_leaves_no_trace(person):
    editor = PersonFactory(groups=["Editors"])

    assert browser_of(editor).get(address(person)).status_code == 302
    assert not ModelLogEntry.objects.filter(action=LOOKED).exists()
