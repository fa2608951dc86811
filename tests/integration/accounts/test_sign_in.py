"""Signing in: one door, its limits, and what an outsider can learn there (rows 4.1, 4.3, 4.4)."""

from __future__ import annotations

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client

from tests.factories.accounts import PASSWORD, PersonFactory, add_authenticator_app, browser_of, code_now, sign_in

pytestmark = pytest.mark.django_db

DOORS = ("/accounts/login/", "/admin/login/", "/django-admin/login/", "/_util/login/")
WRONG = {
    "login": "amara@example.org",
    "password": "wrong",
    "email": "amara@example.org",
    "username": "amara@example.org",
}


def is_refused_for_the_number_of_attempts(response) -> bool:
    return response.status_code == 429 or b"Too many failed" in response.content


@pytest.mark.parametrize("door", DOORS)
def test_guessing_at_any_door_ends_at_the_limit(door):
    PersonFactory(email="amara@example.org")
    answers = [Client().post(door, WRONG) for _ in range(20)]
    if door == "/accounts/login/":
        assert is_refused_for_the_number_of_attempts(answers[-1])
    else:
        assert all(answer["Location"].startswith("/accounts/login/?next=") for answer in answers)


@pytest.mark.parametrize("door", DOORS[1:])
def test_the_right_password_opens_no_other_door(door):
    person = PersonFactory(email="amara@example.org", is_staff=True, is_superuser=True)
    client = Client()
    client.post(door, WRONG | {"login": person.email, "password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_an_invented_forwarded_address_does_not_reset_the_limit():
    for number in range(40):
        response = Client().post("/accounts/login/", WRONG, headers={"X-Forwarded-For": f"198.51.100.{number}"})
    assert response.status_code == 429


def test_behind_one_proxy_the_address_that_the_proxy_saw_counts(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(40):
        chain = f"198.51.100.{number}, 203.0.113.7"
        response = Client().post("/accounts/login/", WRONG, headers={"X-Forwarded-For": chain})
    assert response.status_code == 429
    other = Client().post("/accounts/login/", WRONG, headers={"X-Forwarded-For": "203.0.113.8"})
    assert other.status_code == 200


def test_many_networks_and_host_headers_share_the_limit_of_one_account(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(6):
        response = Client().post(
            "/accounts/login/",
            WRONG,
            headers={"X-Forwarded-For": f"203.0.113.{number}", "host": f"localhost:{8000 + number}"},
        )
    assert is_refused_for_the_number_of_attempts(response)


def test_second_factor_codes_cannot_be_guessed(client):
    person = PersonFactory()
    add_authenticator_app(person)
    sign_in(client, person)
    for _ in range(8):
        response = client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert is_refused_for_the_number_of_attempts(response)


def test_a_person_with_an_app_is_not_in_before_the_code(client):
    person = PersonFactory()
    secret = add_authenticator_app(person)
    assert sign_in(client, person)["Location"] == "/accounts/2fa/authenticate/"
    assert "_auth_user_id" not in client.session
    client.post("/accounts/2fa/authenticate/", {"code": code_now(secret)})
    assert client.session["_auth_user_id"] == str(person.pk)


def test_a_session_made_before_signing_in_is_not_kept(client):
    client.post("/accounts/signup/", {})
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    client.cookies[django_settings.SESSION_COOKIE_NAME] = planted = session.session_key
    sign_in(client, PersonFactory())
    assert client.cookies[django_settings.SESSION_COOKIE_NAME].value != planted


def test_a_session_is_worth_nothing_after_signing_out():
    person = PersonFactory()
    client, thief = browser_of(person), Client()
    thief.cookies[django_settings.SESSION_COOKIE_NAME] = client.cookies[django_settings.SESSION_COOKIE_NAME].value
    assert thief.get("/accounts/profile/").status_code == 200
    client.post("/accounts/logout/")
    assert thief.get("/accounts/profile/").status_code == 302


def assert_only_this_browser_is_left(here: Client, elsewhere: Client):
    assert here.get("/accounts/profile/").status_code == 200
    assert elsewhere.get("/accounts/profile/").status_code == 302


def test_a_new_password_signs_out_every_other_browser():
    person = PersonFactory()
    here, elsewhere = browser_of(person), browser_of(person)
    new = "another-quiet-evening"
    here.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert_only_this_browser_is_left(here, elsewhere)


def test_a_second_factor_that_comes_or_goes_signs_out_every_other_browser(monkeypatch):
    monkeypatch.setattr("django.db.transaction.on_commit", lambda callback, **_options: callback())
    person = PersonFactory()
    here, elsewhere = browser_of(person), browser_of(person)
    here.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = here.get("/accounts/2fa/totp/activate/")
    here.post("/accounts/2fa/totp/activate/", {"code": code_now(page.context["form"].secret)})
    assert person.authenticator_set.filter(type="totp").exists()
    assert_only_this_browser_is_left(here, elsewhere)

    person.refresh_from_db()
    elsewhere = browser_of(person)
    here.post("/accounts/2fa/totp/deactivate/")
    assert not person.authenticator_set.exists()
    assert_only_this_browser_is_left(here, elsewhere)


def answer(path, form, field, address, hashes):
    hashes.clear()
    response = Client().post(path, form | {field: address})
    return (
        response.status_code,
        response.get("Location"),
        len(response.content.replace(address.encode(), b"")),
        len(hashes),
    )


@pytest.mark.parametrize(
    ("path", "form", "field"),
    [
        ("/accounts/login/", {"password": "wrong"}, "login"),
        ("/accounts/password/reset/", {}, "email"),
        ("/accounts/signup/", {"name": "A", "password1": PASSWORD, "password2": PASSWORD}, "email"),
    ],
)
def test_nobody_learns_who_has_an_account(path, form, field, settings, monkeypatch):
    """Same answer, and as many password hashes: they take nearly all of the time, and counting does not flicker."""
    settings.ACCOUNT_RATE_LIMITS = False
    PersonFactory(email="known@example.org")
    hashes = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *args: hashes.append(1) or encode(*args))
    known = {answer(path, form, field, "known@example.org", hashes) for _ in range(5)}
    unknown = {answer(path, form, field, f"free{number}@example.org", hashes) for number in range(5)}
    assert known == unknown
    assert len(known) == 1
