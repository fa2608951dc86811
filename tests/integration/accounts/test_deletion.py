"""Deleting one's own account."""

from __future__ import annotations

import re

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, Page
from wagtail.users.models import UserProfile

from accounts.models import User
from accounts.privacy.erasing import LastAdministrator, erase
from accounts.privacy.looks import record_look
from careers.models import Completion, Feedback
from home.models import StandardPage
from jobs.models import Mail
from jobs.notices import notify
from tests.factories.accounts import PASSWORD, AdminFactory, PersonFactory, browser_of, freshly_signed_in, sign_in
from tests.factories.careers import ArticlePageFactory, CompletionFactory, FeedbackFactory
from tests.factories.home import StandardPageFactory

pytestmark = pytest.mark.django_db

ADDRESS, GOODBYE = "/accounts/privacy/delete/", "/accounts/privacy/deleted/"
SURE = {"sure": "on"}


@pytest.fixture
def person():
    return PersonFactory(email="amara@example.org", name="Amara Okonjo")


@pytest.fixture
def browser(person):
    return freshly_signed_in(person)


def test_a_person_sees_what_goes_and_what_stays_before_anything_does(person, browser):
    CompletionFactory(person=person)
    FeedbackFactory(person=person)

    page = re.sub(r"\s+", " ", browser.get(ADDRESS).content.decode())

    assert "<li>Completions (1)</li>" in page
    assert "It does not say any more who said it." in page
    assert User.objects.filter(pk=person.pk).exists()


def test_a_person_who_is_sure_is_gone_with_all_their_sessions(person, browser):
    phone = browser_of(person)
    CompletionFactory(person=person)

    answer = browser.post(ADDRESS, SURE)

    assert answer["Location"] == GOODBYE
    assert "Your account is deleted" in browser.get(GOODBYE).content.decode()
    assert not User.objects.filter(pk=person.pk).exists()
    assert not Completion.objects.exists()
    for client in (browser, phone):
        assert client.get("/accounts/profile/")["Location"].startswith("/accounts/login/")
    assert sign_in(Client(), person).status_code == 200


def test_one_mail_confirms_it_and_no_other_to_that_address_is_kept(person, browser):
    notify(subject=person, event="before", recipient=person, title="Something happened")

    browser.post(ADDRESS, SURE)
    browser.post(ADDRESS, SURE)

    mail = Mail.objects.get(recipient="amara@example.org")
    assert mail.subject == "Your account is deleted"
    assert "Hello Amara" in mail.text


def test_without_the_tick_nothing_happens(person, browser):
    answer = browser.post(ADDRESS, {})

    assert answer.status_code == 422
    assert "Tick this box if you mean it" in answer.content.decode()
    assert User.objects.filter(pk=person.pk).exists()
    assert not Mail.objects.exists()


def test_nothing_is_deleted_without_the_password(person):
    answer = browser_of(person).post(ADDRESS, SURE)

    assert answer["Location"].startswith("/accounts/reauthenticate/")
    assert User.objects.filter(pk=person.pk).exists()


def test_a_password_that_is_wrong_deletes_nothing(person):
    browser = browser_of(person)
    again = browser.post(ADDRESS, SURE)["Location"]

    answer = browser.post(again, {"password": "not this one"})

    assert answer.status_code == 200
    assert User.objects.filter(pk=person.pk).exists()


def test_after_the_password_the_form_is_shown_or_the_deletion_goes_on(person):
    browser = browser_of(person)
    again = browser.get(ADDRESS)["Location"]

    assert browser.post(again, {"password": PASSWORD})["Location"] == ADDRESS
    assert browser.post(ADDRESS, SURE)["Location"] == GOODBYE


def test_the_last_administrator_stays_and_is_told_why():
    admin = AdminFactory()
    User.objects.exclude(pk=admin.pk).filter(is_superuser=True).delete()
    AdminFactory(is_active=False)
    browser = freshly_signed_in(admin)

    answers = [browser.get(ADDRESS), browser.post(ADDRESS, SURE)]

    assert all("You are the last administrator" in answer.content.decode() for answer in answers)
    assert answers[1].status_code == 422
    with pytest.raises(LastAdministrator):
        erase(person=admin, wishes={})
    assert User.objects.filter(pk=admin.pk).exists()


def test_of_two_administrators_one_may_go():
    admin, _other = AdminFactory(), AdminFactory()

    assert erase(person=admin, wishes={})


def test_whoever_comes_second_deletes_nothing_and_mails_nothing(person):
    assert [erase(person=person, wishes={}), erase(person=person, wishes={})] == [True, False]
    assert Mail.objects.count() == 1


# What stays ----------------------------------------------------------------------------------------------------


def test_what_a_person_said_of_a_page_stays_without_their_name(person):
    FeedbackFactory(person=person, sentence="The third section is out of date.")

    erase(person=person, wishes={})

    given = Feedback.objects.get()
    assert (given.person, given.sentence) == (None, "The third section is out of date.")


def test_pages_of_an_editor_stay_and_are_open_to_others(person):
    page = StandardPageFactory(owner=person, locked=True, locked_by=person)

    erase(person=person, wishes={})

    stored = StandardPage.objects.get(pk=page.pk)
    assert (stored.owner, stored.locked_by, stored.locked) == (None, None, False)


def test_a_page_that_somebody_else_locked_stays_locked(person):
    page = StandardPageFactory(locked=True, locked_by=PersonFactory())

    erase(person=person, wishes={})

    assert Page.objects.get(pk=page.pk).locked


def test_the_log_keeps_what_was_done_and_no_name(person):
    record_look(viewer=PersonFactory(groups=["Editors"]), person=person)
    log(instance=ArticlePageFactory(), action="wagtail.edit", user=person)

    erase(person=person, wishes={})

    assert list(ModelLogEntry.objects.values_list("label", flat=True)) == ["A person who has left"]
    assert "Amara" not in str(list(ModelLogEntry.objects.values()))


def test_the_picture_of_a_person_goes_and_pictures_of_the_site_stay(person, django_capture_on_commit_callbacks):
    profile = UserProfile.objects.create(user=person, avatar=ContentFile(b"a picture", "me.png"))
    default_storage.save("images/portrait.png", ContentFile(b"an author"))

    with django_capture_on_commit_callbacks(execute=True):
        erase(person=person, wishes={})

    assert not default_storage.exists(profile.avatar.name)
    assert default_storage.exists("images/portrait.png")


def test_a_deletion_in_the_admin_leaves_as_little(person):
    record_look(viewer=PersonFactory(), person=person)
    page = StandardPageFactory(locked=True, locked_by=person)

    browser_of(AdminFactory()).post(reverse("wagtailusers_users:delete", args=[person.pk]))

    assert not User.objects.filter(pk=person.pk).exists()
    assert not Page.objects.get(pk=page.pk).locked
    assert "Amara" not in str(list(ModelLogEntry.objects.filter(action="accounts.look").values()))
