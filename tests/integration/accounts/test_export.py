"""Everything about me, as a ZIP."""

from __future__ import annotations

import io
import json
import weakref
import zipfile
from contextlib import contextmanager

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db.models.signals import post_init
from django.test import Client
from wagtail.users.models import UserProfile

from accounts.privacy import exporting
from accounts.privacy.exporting import JSON_NAME, MARKDOWN_NAME, write_export
from accounts.privacy.looks import record_look
from accounts.privacy.views import EXPORTS
from digests.models import Subscriber
from jobs.models import Notice
from tests.factories.accounts import AdminFactory, PersonFactory, add_authenticator_app, browser_of, freshly_signed_in
from tests.factories.careers import ArticlePageFactory, CompletionFactory, FeedbackFactory
from tests.factories.digests import DeliveryFactory, SubscriberFactory
from tests.factories.masterclasses import FollowFactory
from tests.queries import queries_of

pytestmark = pytest.mark.django_db

ADDRESS = "/accounts/privacy/export/"


def opened(response) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))


def sections(person) -> dict[str, list]:
    with write_export(person) as file, zipfile.ZipFile(file) as archive:
        return json.loads(archive.read(JSON_NAME))["sections"]


def test_a_person_takes_their_data_along():
    person = PersonFactory(name="Amara Okonjo")
    CompletionFactory(person=person, page=ArticlePageFactory(title="The five shapes"))

    response = freshly_signed_in(person).post(ADDRESS)

    archive = opened(response)
    assert sorted(archive.namelist()) == [JSON_NAME, MARKDOWN_NAME]
    done = json.loads(archive.read(JSON_NAME))["sections"]["careers.Completion.person"]
    assert [(row["page"], row["how"]) for row in done] == [("The five shapes", "marked")]
    words = archive.read(MARKDOWN_NAME).decode()
    assert "# Everything about Amara Okonjo" in words
    assert "**Page:** The five shapes" in words
    assert response["Content-Disposition"].startswith("attachment")
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))


def test_nothing_is_handed_over_without_the_password():
    browser = browser_of(PersonFactory())

    for answer in (browser.get(ADDRESS), browser.post(ADDRESS)):
        assert answer.status_code == 302
        assert answer["Location"].startswith("/accounts/reauthenticate/")


def test_a_visitor_signs_in_first():
    for answer in (Client().get(ADDRESS), Client().post(ADDRESS)):
        assert answer["Location"] == f"/accounts/login/?next={ADDRESS}"


def test_a_person_gets_nothing_of_anybody_else():
    CompletionFactory(page=ArticlePageFactory(title="Somebody else read this"))
    DeliveryFactory()

    exported = sections(PersonFactory())

    assert {key: rows for key, rows in exported.items() if rows}.keys() == {
        "accounts.User",
        "account.EmailAddress.user",
    }


def test_no_secret_is_in_it():
    person = PersonFactory()
    totp = add_authenticator_app(person)
    subscriber, follow = SubscriberFactory(person=person), FollowFactory(person=person)

    with write_export(person) as file, zipfile.ZipFile(file) as archive:
        everything = "".join(archive.read(name).decode() for name in archive.namelist())

    for secret in (person.password, totp, subscriber.secret, follow.key):
        assert secret not in everything


def test_the_digest_and_what_hangs_on_it_are_in_it_also_by_the_address_alone():
    person = PersonFactory(email="amara@example.org")
    subscriber = SubscriberFactory(email="Amara@Example.org")
    DeliveryFactory(subscriber=subscriber)

    exported = sections(person)

    assert exported["digests.Subscriber.person"][0]["areas"] == [str(subscriber.areas.get())]
    assert [row["outcome"] for row in exported["digests.Delivery.subscriber"]] == ["open"]
    assert Subscriber.objects.get().person is None


def test_who_looked_at_my_progress_is_told_by_role_and_not_by_name():
    person, viewer = PersonFactory(), AdminFactory(name="Nosy Parker")
    record_look(viewer=viewer, person=person)

    exported = sections(person)

    assert [look["role"] for look in exported["looks"]] == ["Administrator"]
    assert "Nosy Parker" not in json.dumps(exported)


def test_the_picture_of_the_person_comes_along():
    person = PersonFactory()
    UserProfile.objects.create(user=person, avatar=ContentFile(b"a picture", "me.png"))

    with write_export(person) as file, zipfile.ZipFile(file) as archive:
        pictures = [archive.read(name) for name in archive.namelist() if name.startswith("files/")]

    assert pictures == [b"a picture"]


def test_a_file_that_the_storage_has_lost_does_not_stop_the_export():
    person = PersonFactory()
    UserProfile.objects.create(user=person, avatar="avatars/gone.png")

    assert sections(person)["wagtailusers.UserProfile.user"][0]["avatar"] == "avatars/gone.png"


def test_what_a_person_wrote_means_nothing_to_markdown():
    person = PersonFactory(name="# <script>alert(1)</script>\n[x](javascript:1)")
    FeedbackFactory(person=person, sentence="Line one\n# not a heading")

    with write_export(person) as file, zipfile.ZipFile(file) as archive:
        lines = archive.read(MARKDOWN_NAME).decode().splitlines()

    assert "\\<script\\>" in lines[0]
    assert [line for line in lines if line.startswith("# ")] == lines[:1]


def test_the_sixth_export_within_an_hour_is_put_off():
    browser = freshly_signed_in(PersonFactory())

    answers = [browser.post(ADDRESS) for _time in range(EXPORTS + 1)]

    assert [answer.status_code for answer in answers] == [200] * EXPORTS + [429]
    assert "try again in an hour" in answers[-1].content.decode()


def test_a_large_account_is_read_in_chunks_and_takes_no_more_queries(monkeypatch):
    monkeypatch.setattr(exporting, "CHUNK", 20)
    person = PersonFactory()

    tell(person, "a", 10)
    few = queries_of(lambda: write_export(person).close())
    tell(person, "b", 190)
    with counting(Notice) as most_at_once:
        many = queries_of(lambda: write_export(person).close())

    assert len(many) == len(few)
    assert 0 < most_at_once() < 50


def tell(person, event: str, times: int) -> None:
    told = {"subject_type": ContentType.objects.get_for_model(person), "recipient": person, "title": "News"}
    Notice.objects.bulk_create(Notice(subject_id=1, event=f"{event} {n}", **told) for n in range(times))


@contextmanager
def counting(model):
    """How many rows of a model were in memory at once, at most."""
    alive, counts = weakref.WeakSet(), [0]

    def made(instance, **_signal):
        alive.add(instance)
        counts.append(len(alive))

    post_init.connect(made, sender=model)
    yield lambda: max(counts)
    post_init.disconnect(made, sender=model)
