"""Certificates are issued once, for what was completed, and stay as they were given."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import Site

from careers.actions import enrol, mark_done, undo
from careers.credentials import issuing
from careers.models import CertificateSettings, Completion, Credential, Enrolment
from jobs.models import Notice
from tests.factories.accounts import AdminFactory, PersonFactory, browser_of
from tests.factories.careers import ArticlePageFactory, CompletionFactory, LearningPathPageFactory
from tests.factories.credentials import CredentialFactory, certificate_of, finished_path
from tests.factories.masterclasses import MasterclassPageFactory, PartPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return PersonFactory(name="Priya Practitioner")


@pytest.fixture
def certificate(person):
    return certificate_of(person)


def look_up(certificate, client=None, ending: str = ""):
    return (client or browser_of(None)).get(f"{certificate.get_absolute_url()}{ending}")


def test_finishing_a_path_issues_a_certificate_with_what_it_rests_on(person):
    path = finished_path(person, title="Know your market", steps=2)

    certificate = Credential.objects.get()

    assert (certificate.person, certificate.page_id, certificate.name) == (person, path.pk, "Priya Practitioner")
    assert certificate.title == "Know your market"
    assert [step["how"] for step in certificate.steps] == ["marked", "marked"]
    assert certificate.minutes == sum(step["minutes"] for step in certificate.steps) > 0
    assert certificate.completed_at == Enrolment.objects.get().finished_at


def test_the_last_part_of_a_masterclass_issues_one_with_every_part_in_its_order(person):
    masterclass = MasterclassPageFactory(title="Reading adverts")
    parts = PartPageFactory.create_batch(2, parent=masterclass)
    mark_done(person=person, page=parts[1])
    assert not Credential.objects.exists()

    mark_done(person=person, page=parts[0])

    certificate = Credential.objects.get()
    assert certificate.title == "Reading adverts"
    assert [step["title"] for step in certificate.steps] == [part.title for part in parts]


def test_replays_change_nothing(person):
    path = finished_path(person)
    first = Credential.objects.get()

    for page in [step.page for stage in path.public_route() for step in stage.steps]:
        mark_done(person=person, page=page)
    enrol(person=person, path=path)
    issuing.issue(person=person, page=path.contentpage_ptr)

    assert Credential.objects.get() == first
    assert Notice.objects.filter(recipient=person, event="issued").count() == 1


def test_the_database_refuses_a_second_standing_certificate(certificate):
    with pytest.raises(IntegrityError), transaction.atomic():
        CredentialFactory(person=certificate.person, page=certificate.page)


def test_who_takes_a_step_back_keeps_what_was_proved_and_gets_no_second_one(person, certificate):
    step = Completion.objects.of(person).first().page
    undo(person=person, page=step)
    mark_done(person=person, page=step)

    assert Credential.objects.get() == certificate
    assert certificate.is_valid


def test_a_page_that_changes_or_goes_changes_no_certificate(person, certificate):
    steps = certificate.steps
    path = certificate.page.specific
    path.title = "Another title"
    path.save()
    path.delete()

    certificate.refresh_from_db()

    assert (certificate.title, certificate.page, certificate.steps) == ("Know your market", None, steps)
    assert look_up(certificate).status_code == 200


def test_who_finished_before_there_were_certificates_asks_for_theirs(person):
    path = finished_path(person)
    Credential.objects.all().delete()

    response = browser_of(person).post(f"/learning/certificates/get/{path.pk}/")

    assert response["Location"] == Credential.objects.get().get_absolute_url()


def test_who_has_not_finished_gets_none(person):
    path = LearningPathPageFactory()
    enrol(person=person, path=path)

    assert browser_of(person).post(f"/learning/certificates/get/{path.pk}/").status_code == 404
    assert browser_of(person).post(f"/learning/certificates/get/{ArticlePageFactory().pk}/").status_code == 404
    assert not Credential.objects.exists()


def test_a_certificate_lasts_as_long_as_the_site_says(person):
    CertificateSettings.objects.create(site=Site.objects.get(is_default_site=True), validity_months=24)

    certificate = certificate_of(person)

    assert certificate.expires_at == issuing.months_after(certificate.completed_at, 24)


def test_an_expired_one_is_renewed_by_completing_again_and_not_by_asking(person, certificate):
    now = timezone.now()
    Credential.objects.update(issued_at=now - timedelta(days=400), expires_at=now - timedelta(days=1))
    Enrolment.objects.update(finished_at=now - timedelta(days=401))
    page = certificate.page
    assert issuing.issue(person=person, page=page) == certificate

    step = Completion.objects.of(person).first().page
    undo(person=person, page=step)
    Enrolment.objects.update(finished_at=None)
    mark_done(person=person, page=step)

    renewed = Credential.objects.current().get()
    assert renewed != certificate
    assert renewed.replaces == certificate


def test_a_revoked_one_is_not_had_again_by_asking(person, certificate):
    issuing.revoke(certificate, reason="Issued by mistake", by=AdminFactory())

    again = issuing.issue(person=person, page=certificate.page)

    assert again == certificate
    assert again.state == Credential.State.REVOKED


def test_completions_that_no_ledger_knows_count_by_the_page(person):
    path = LearningPathPageFactory(stages=[[ArticlePageFactory()]])
    article = path.public_route()[0].steps[0].page
    CompletionFactory(person=person, page=article)

    enrol(person=person, path=path)

    assert Credential.objects.get().minutes == article.minutes
