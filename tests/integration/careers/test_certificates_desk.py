"""Certificates in the admin: found by code and person, filtered by state, revoked by those who may."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from careers.models import Credential
from tests.factories.accounts import PersonFactory, browser_of
from tests.factories.credentials import CredentialFactory
from tests.queries import assert_constant_queries, fetch

pytestmark = pytest.mark.django_db

DESK = "/admin/certificates/"


@pytest.fixture
def moderator():
    return browser_of(PersonFactory(groups=["Moderators"]))


def shown(browser, **query) -> str:
    response = browser.get(DESK, query)
    assert response.status_code == 200
    return response.content.decode()


def test_a_certificate_is_found_by_its_code_as_printed_and_by_its_person(moderator):
    wanted, other = CredentialFactory(name="Priya"), CredentialFactory(name="Somebody")

    for query in (wanted.printed_code, wanted.code.lower(), wanted.person.email):
        page = shown(moderator, q=query)
        assert wanted.printed_code in page
        assert other.printed_code not in page


def test_certificates_are_filtered_by_their_state(moderator):
    now = timezone.now()
    by_state = {
        "valid": CredentialFactory(),
        "expired": CredentialFactory(expires_at=now - timedelta(days=1)),
        "revoked": CredentialFactory(revoked_at=now, revoked_reason="Mistake"),
        "superseded": CredentialFactory(superseded_at=now),
    }

    for state, certificate in by_state.items():
        page = shown(moderator, state=state)
        assert certificate.state == state
        assert [c.printed_code in page for c in by_state.values()] == [c == certificate for c in by_state.values()]


def test_a_moderator_revokes_with_a_reason(moderator):
    certificate = CredentialFactory()
    address = f"{DESK}revoke/{certificate.pk}/"
    assert address in moderator.get(f"{DESK}inspect/{certificate.pk}/").content.decode()

    moderator.post(address, {"reason": " "})
    assert Credential.objects.get().is_valid
    moderator.post(address, {"reason": "Issued by mistake"})

    assert Credential.objects.get().revoked_reason == "Issued by mistake"
    assert "nothing to revoke" in moderator.get(address).content.decode()


def test_an_editor_neither_sees_nor_revokes_certificates():
    browser, certificate = browser_of(PersonFactory(groups=["Editors"])), CredentialFactory()

    for address in (DESK, f"{DESK}inspect/{certificate.pk}/", f"{DESK}revoke/{certificate.pk}/"):
        assert browser.post(address, {"reason": "Mine"}).status_code in {302, 403, 405}
        assert browser.get(address).status_code in {302, 403}
    assert Credential.objects.get().is_valid


def test_nobody_writes_a_certificate_by_hand(moderator):
    certificate = CredentialFactory()

    for address in ("new/", f"edit/{certificate.pk}/", f"delete/{certificate.pk}/"):
        assert moderator.get(f"{DESK}{address}").status_code in {302, 403, 404}


def test_the_desk_costs_the_same_however_many(moderator):
    assert_constant_queries(fetch(DESK, moderator), CredentialFactory.create_batch, at_most=20)
