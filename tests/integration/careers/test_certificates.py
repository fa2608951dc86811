"""Certificates: looked up by their address, renamed, hidden, revoked, expired."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import ModelLogEntry

from careers.credentials import issuing
from careers.credentials.selectors import certificates_of
from careers.models import Credential
from jobs.models import Notice
from tests.factories.accounts import AdminFactory, PersonFactory, browser_of
from tests.factories.credentials import CredentialFactory, certificate_of, finished_path
from tests.queries import assert_constant_queries, fetch

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return PersonFactory(name="Priya Practitioner")


@pytest.fixture
def certificate(person):
    return certificate_of(person)


def look_up(certificate, client=None, ending: str = ""):
    return (client or browser_of(None)).get(f"{certificate.get_absolute_url()}{ending}")


# Looked up -----------------------------------------------------------------------------------------------------


def test_everybody_with_the_address_sees_name_title_evidence_and_that_it_holds(certificate):
    response = look_up(certificate)
    page = response.content.decode()

    assert response.status_code == 200
    assert "This certificate is valid" in page
    for words in ("Priya Practitioner", "Know your market", certificate.printed_code, certificate.steps[0]["title"]):
        assert words in page
    assert certificate.person.email not in page


def test_no_search_engine_lists_it_no_cache_keeps_it_and_no_link_tells_of_it(certificate):
    response = look_up(certificate)

    assert "noindex" in response["X-Robots-Tag"]
    assert response["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response["Cache-Control"]
    assert certificate.code not in browser_of(None).get("/sitemap.xml").content.decode()


def test_a_code_typed_by_hand_leads_to_its_address(certificate):
    response = browser_of(None).get(f"/c/{certificate.code.lower()}/")

    assert (response.status_code, response["Location"]) == (301, certificate.get_absolute_url())


@pytest.mark.parametrize("ending", ["", "certificate.pdf", "badge.jwt"])
@pytest.mark.parametrize(
    ("typed", "words"),
    [("ABCD-EFGH-JK", "There is no certificate"), ("ABCD", "not the code"), ("0000-0000-00", "not the code")],
)
def test_a_wrong_and_a_malformed_address_say_so(typed, words, ending):
    response = browser_of(None).get(f"/c/{typed}/{ending}")

    assert response.status_code == 404
    assert words in response.content.decode()


@pytest.mark.parametrize("ending", ["", "certificate.pdf", "badge.jwt"])
def test_a_revoked_one_says_why_and_gives_neither_pdf_nor_badge(certificate, ending):
    issuing.revoke(certificate, reason="The exam was another person’s", by=AdminFactory())

    response = look_up(certificate, ending=ending)

    assert response.status_code == 410
    assert "This certificate was revoked" in response.content.decode()
    assert "The exam was another person’s" in response.content.decode()


@pytest.mark.parametrize("ending", ["", "certificate.pdf", "badge.jwt"])
def test_an_expired_one_says_until_when_it_was_valid(certificate, ending):
    Credential.objects.update(expires_at=timezone.now() - timedelta(days=1))

    response = look_up(certificate, ending=ending)

    assert response.status_code == 410
    assert "This certificate has expired" in response.content.decode()


def test_an_address_costs_the_same_however_often_it_was_issued_anew(certificate):
    def rename(times: int) -> None:
        for number in range(times):
            issuing.reissue(Credential.objects.current().get(), name=f"Name {number}")

    rename(1)
    assert look_up(certificate).status_code == 410


# The person's own ----------------------------------------------------------------------------------------------


def test_a_new_name_gives_a_new_certificate_and_the_old_address_leads_to_it_without_the_old_name(person, certificate):
    browser = browser_of(person)
    response = browser.post(
        f"/learning/certificates/{certificate.printed_code}/name/", {"name": "  Priya   Rao "}, follow=True
    )
    new = Credential.objects.current().get()
    old_page = look_up(certificate)

    assert "Priya Rao" in response.content.decode()
    assert (new.name, new.steps, new.completed_at) == ("Priya Rao", certificate.steps, certificate.completed_at)
    assert old_page.status_code == 410
    assert new.printed_code in old_page.content.decode()
    for name in ("Priya Practitioner", "Priya Rao"):
        assert name not in old_page.content.decode()
    assert "Priya Practitioner" not in look_up(new).content.decode()
    assert look_up(certificate, ending="certificate.pdf").status_code == 410


def test_the_old_address_leads_to_the_newest_of_several(person, certificate):
    second = issuing.reissue(certificate, name="Second")
    third = issuing.reissue(second, name="Third")

    page = look_up(certificate).content.decode()

    assert third.printed_code in page
    assert second.printed_code not in page


def test_the_old_address_does_not_tell_of_a_new_one_that_is_hidden(certificate):
    new = issuing.reissue(certificate, name="Second")
    issuing.show(new, hidden=True)

    assert new.printed_code not in look_up(certificate).content.decode()


@pytest.mark.parametrize("name", ["", "   ", "Priya Practitioner", "A\u202eB", "x" * 101])
def test_a_name_that_is_none_is_refused_with_a_sentence(person, certificate, name):
    response = browser_of(person).post(f"/learning/certificates/{certificate.printed_code}/name/", {"name": name})

    assert response.status_code == 200
    assert response.context["form"].errors["name"]
    assert Credential.objects.count() == 1


def test_what_was_revoked_or_replaced_cannot_be_issued_anew(person, certificate):
    new = issuing.reissue(certificate, name="Second")
    issuing.revoke(new, reason="Mistake", by=AdminFactory())

    for gone in (certificate, new):
        with pytest.raises(issuing.NotReissuable):
            issuing.reissue(gone, name="Third")
        url = f"/learning/certificates/{gone.printed_code}/name/"
        assert browser_of(person).post(url, {"name": "Third"})["Location"] == gone.get_absolute_url()


def test_a_hidden_certificate_is_unknown_to_everybody_but_its_person(person, certificate):
    browser = browser_of(person)
    browser.post(f"/learning/certificates/{certificate.printed_code}/hide/")

    for ending in ("", "certificate.pdf", "badge.jwt"):
        assert look_up(certificate, ending=ending).status_code == 404
        assert look_up(certificate, browser_of(PersonFactory()), ending=ending).status_code == 404
    assert "only you see this page" in look_up(certificate, browser).content.decode()

    browser.post(f"/learning/certificates/{certificate.printed_code}/hide/", {"show": "1"})
    assert look_up(certificate).status_code == 200


@pytest.mark.parametrize("action", ["hide", "name"])
def test_nobody_changes_another_persons_certificate(certificate, action):
    url = f"/learning/certificates/{certificate.printed_code}/{action}/"

    assert browser_of(PersonFactory()).post(url, {"name": "Mallory"}).status_code == 404
    assert browser_of(None).post(url, {"name": "Mallory"}).status_code == 302
    certificate.refresh_from_db()
    assert (certificate.hidden, certificate.state) == (False, Credential.State.VALID)


def test_my_certificates_are_listed_without_those_that_were_issued_anew(person, certificate):
    new = issuing.reissue(certificate, name="Second")
    CredentialFactory()

    assert certificates_of(person) == [new]
    page = browser_of(person).get("/learning/certificates/", headers={"X-Requested-With": "fetch"}).content.decode()
    assert new.printed_code in page
    assert certificate.printed_code not in page


def test_the_list_costs_the_same_however_long(person):
    def grow(n: int) -> None:
        CredentialFactory.create_batch(n, person=person)

    assert_constant_queries(fetch("/learning/certificates/", browser_of(person)), grow, at_most=10)


def test_a_finished_path_shows_the_way_to_its_certificate(person):
    path = finished_path(person)
    certificate = Credential.objects.get()

    for address in (f"/learning/fragments/path/{path.pk}/", f"/learning/paths/{path.pk}/"):
        assert certificate.get_absolute_url() in browser_of(person).get(address).content.decode()
    certificate.delete()
    page = browser_of(person).get(f"/learning/fragments/path/{path.pk}/").content.decode()
    assert f"/learning/certificates/get/{path.pk}/" in page


# Taken back ----------------------------------------------------------------------------------------------------


def test_revoking_is_logged_told_once_and_final(certificate):
    editor = AdminFactory()

    assert issuing.revoke(certificate, reason="Mistake", by=editor)
    assert not issuing.revoke(certificate, reason="Again", by=editor)

    certificate.refresh_from_db()
    assert certificate.revoked_reason == "Mistake"
    entry = ModelLogEntry.objects.get(action=issuing.REVOKED)
    assert (entry.user, entry.data["reason"]) == (editor, "Mistake")
    assert Notice.objects.get(event="revoked").recipient == certificate.person


def test_the_database_refuses_a_revocation_without_a_reason(certificate):
    with pytest.raises(IntegrityError), transaction.atomic():
        Credential.objects.update(revoked_at=timezone.now())
