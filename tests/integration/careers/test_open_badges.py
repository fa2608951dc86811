"""Open Badges 3.0: what we sign is checked by another implementation, with nothing but what we publish."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import timedelta
from io import StringIO
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from joserfc import jws
from joserfc.jwk import ECKey
from openbadgeslib.ob3 import OB3VerificationError, OB3Verifier
from openbadgeslib.ob3.did import did_web_from_url

from careers.credentials import issuing, keys, status_list
from careers.credentials.checks import there_is_a_signing_key
from careers.credentials.issuer import did
from careers.models import Credential, SigningKey
from tests.factories.accounts import AdminFactory, PersonFactory, browser_of
from tests.factories.credentials import certificate_of
from tests.queries import queries_of

pytestmark = pytest.mark.django_db

BASE = "https://portal.example.org"


@pytest.fixture(autouse=True)
def address(settings):
    settings.BASE_URL = BASE


@pytest.fixture
def key():
    return keys.make_key()


@pytest.fixture
def certificate(key):
    return certificate_of(PersonFactory(name="Priya Practitioner", email="priya@example.org"))


def published(url: str) -> bytes:
    """Fetch an address of ours as a verifier does."""
    assert url.startswith(f"{BASE}/")
    response = browser_of(None).get(urlsplit(url).path)
    assert response.status_code == 200, url
    return response.content


def badge(certificate) -> str:
    response = browser_of(None).get(f"{certificate.get_absolute_url()}badge.jwt")
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/plain")
    return response.content.decode()


def verify(token: str, **options):
    """Resolve the issuer, find the key, check signature, claims, dates and revocation: all by the other library."""
    verifier = OB3Verifier.for_issuer_did(did(), download=published)
    return verifier.verify(token, check_status=True, download=published, **options)


def payload_of(token: str) -> dict:
    part = token.split(".")[1]
    return json.loads(urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def test_another_implementation_finds_the_badge_valid(certificate):
    verified = verify(badge(certificate))

    assert verified.achievement.name == "Know your market"
    assert verified.issuer.id == "did:web:portal.example.org" == did_web_from_url(BASE)


def test_the_credential_has_what_the_specification_requires(certificate):
    """OB 3.0, B.1: required members of AchievementCredential, AchievementSubject, Achievement, Profile and Evidence."""
    body = payload_of(badge(certificate))
    subject = body["credentialSubject"]

    assert body["@context"][0] == "https://www.w3.org/ns/credentials/v2"
    assert body["@context"][1].startswith("https://purl.imsglobal.org/spec/ob/v3p0/context")
    assert {"VerifiableCredential", "AchievementCredential"} <= set(body["type"])
    assert body["id"] == f"{BASE}{certificate.get_absolute_url()}"
    assert {"id", "type", "name"} <= body["issuer"].keys()
    assert subject["type"] == ["AchievementSubject"]
    assert {"id", "type", "name", "description", "criteria"} <= subject["achievement"].keys()
    assert all(evidence["type"] == ["Evidence"] and evidence["narrative"] for evidence in body["evidence"])
    assert [evidence["name"] for evidence in body["evidence"]] == [step["title"] for step in certificate.steps]
    assert subject["creditsEarned"] == round(certificate.minutes / 60, 2)
    assert {"activityStartDate", "activityEndDate"} <= subject.keys()


def test_the_claims_repeat_the_credential(certificate):
    """OB 3.0, 8.2.4.1 and 8.2.6.1."""
    Credential.objects.update(expires_at=timezone.now() + timedelta(days=30))
    body = payload_of(badge(certificate))

    assert (body["iss"], body["jti"]) == (body["issuer"]["id"], body["id"])
    assert body["sub"] == body["credentialSubject"]["id"]
    assert body["nbf"] == int(certificate.issued_at.timestamp())
    assert body["exp"] > timezone.now().timestamp()
    assert body["validUntil"].endswith("Z")


def test_a_badge_holds_no_address_that_one_can_read(certificate):
    body = json.dumps(payload_of(badge(certificate)))

    assert "priya@example.org" not in body
    assert "sha256$" in body


def test_a_changed_badge_is_refused(certificate):
    head, body, signature = badge(certificate).split(".")
    forged = payload_of(f".{body}.") | {"name": "Everything"}
    changed = urlsafe_b64encode(json.dumps(forged).encode()).rstrip(b"=").decode()

    with pytest.raises(OB3VerificationError):
        verify(f"{head}.{changed}.{signature}")


def test_a_badge_that_somebody_else_signed_is_refused(certificate):
    header = {"alg": "ES256", "kid": f"{did()}#{SigningKey.objects.get().kid}"}
    forged = jws.serialize_compact(header, json.dumps(payload_of(badge(certificate))), ECKey.generate_key("P-256"))

    with pytest.raises(OB3VerificationError):
        verify(forged)


@pytest.mark.parametrize("how", ["revoked", "renamed"])
def test_a_badge_that_was_downloaded_before_stops_to_verify(certificate, how):
    token = badge(certificate)
    verify(token)

    if how == "revoked":
        issuing.revoke(certificate, reason="Mistake", by=AdminFactory())
    else:
        issuing.reissue(certificate, name="Priya Rao")

    with pytest.raises(OB3VerificationError, match="revocation"):
        verify(token)


def test_an_expired_badge_does_not_verify(certificate):
    Credential.objects.update(expires_at=timezone.now() + timedelta(seconds=60))
    token = badge(certificate)

    with time_machine.travel(timezone.now() + timedelta(days=1)), pytest.raises(OB3VerificationError, match="expired"):
        verify(token)


def test_after_a_rotation_old_and_new_badges_verify(certificate):
    old = badge(certificate)

    call_command("credential_keys", "rotate", stdout=StringIO())

    new = badge(certificate)
    header = json.loads(urlsafe_b64decode(new.split(".")[0] + "=="))
    assert header["kid"] == f"{did()}#{SigningKey.objects.first().kid}"
    verify(old)
    verify(new)
    assert len(json.loads(published(f"{BASE}/.well-known/jwks.json"))["keys"]) == 2


@pytest.mark.parametrize("path", ["/.well-known/did.json", "/.well-known/jwks.json", "/credentials/issuer/"])
def test_what_is_published_is_open_to_every_site_and_holds_no_private_part(certificate, path):
    response = browser_of(None).get(path)

    assert response["Access-Control-Allow-Origin"] == "*"
    assert '"d"' not in response.content.decode()
    assert "public" in response["Cache-Control"]


def test_the_private_key_is_not_readable_in_the_database(key):
    stored = bytes(SigningKey.objects.get().private_jwk)

    assert b'"d"' not in stored
    assert b"kty" not in stored


def test_with_another_secret_no_badge_is_signed_and_the_page_says_so(certificate, settings):
    settings.SECRET_KEY = "another secret, of a copy of the database on a laptop"

    response = browser_of(None).get(f"{certificate.get_absolute_url()}badge.jwt")

    assert response.status_code == 503
    assert "cannot sign" in response.content.decode()
    assert browser_of(None).get(certificate.get_absolute_url()).status_code == 200
    settings.SECRET_KEY_FALLBACKS = ["unrelated"]
    assert browser_of(None).get("/credentials/status/0/").status_code == 404


def test_a_secret_that_was_changed_the_gentle_way_still_opens_the_key(certificate, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "the next secret"

    verify(badge(certificate))


def test_check_warns_where_there_is_no_key_and_is_silent_where_there_is():
    (warning,) = there_is_a_signing_key(databases=["default"])
    assert warning.id == "careers.W001"
    assert "credential_keys make" in warning.msg

    call_command("credential_keys", "make", stdout=StringIO())
    call_command("credential_keys", "make", stdout=StringIO())

    assert SigningKey.objects.count() == 1
    assert there_is_a_signing_key(databases=["default"]) == []


def test_there_are_as_many_status_lists_as_certificates_need(certificate):
    assert browser_of(None).get("/credentials/status/0/").status_code == 200
    assert browser_of(None).get(f"/credentials/status/{10**30}/").status_code == 404


def test_a_certificate_beyond_the_first_list_has_its_place_in_the_second(certificate):
    Credential.objects.filter(pk=certificate.pk).update(id=status_list.PLACES + 5, superseded_at=timezone.now())

    assert status_list.not_holding(0) == []
    assert status_list.not_holding(1) == [5]


def test_signing_costs_the_same_number_of_queries_whatever_the_evidence(key):
    small, large = (certificate_of(PersonFactory(), title=f"{steps} steps", steps=steps) for steps in (1, 8))

    def cost(certificate) -> int:
        return len(queries_of(lambda: badge(certificate)))

    assert cost(small) == cost(large) <= 6
