"""Every account page answers, in our design, without inline scripts."""

from __future__ import annotations

import re

import pytest
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.urls import reverse

from home.first_paint import SCRIPT
from tests.factories.accounts import PASSWORD, PersonFactory, add_authenticator_app, browser_of, code_now, sign_in

pytestmark = pytest.mark.django_db

FOR_EVERYBODY = (
    "account_login",
    "account_signup",
    "account_inactive",
    "account_email_verification_sent",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
)
FOR_PEOPLE = (
    "account_logout",
    "account_email",
    "account_change_password",
    "account_reauthenticate",
    "accounts:profile",
    "mfa_index",
    "mfa_list_webauthn",
)
AFTER_REAUTHENTICATION = ("mfa_activate_totp", "mfa_add_webauthn")
WITH_AN_APP = ("mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_reauthenticate")

INLINE = re.compile(r"<script(?![^>]*(?:\bsrc=|application/json))|\son\w+=|<[^>]+\sstyle=", re.IGNORECASE)


def assert_our_page(response):
    assert response.status_code == 200, response
    html = response.content.decode()
    assert "base_personal.html" in [template.name for template in response.templates]
    assert html.count("<h1") == 1
    beyond = html.replace(f"<script>{SCRIPT}</script>", "")  # whose hash the Content-Security-Policy knows
    assert not INLINE.search(beyond), INLINE.search(beyond)
    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]
    return html


@pytest.mark.parametrize("name", FOR_EVERYBODY)
def test_a_visitor_sees_the_page(client, name):
    assert_our_page(client.get(reverse(name)))


@pytest.mark.parametrize("name", FOR_PEOPLE)
def test_a_person_sees_the_page(name):
    assert_our_page(browser_of(PersonFactory()).get(reverse(name)))


@pytest.mark.parametrize("name", [*FOR_PEOPLE, *AFTER_REAUTHENTICATION, *WITH_AN_APP])
def test_a_visitor_is_asked_to_sign_in_first(client, name):
    response = client.get(reverse(name))
    if name == "account_logout":
        assert response["Location"] == "/"
    else:
        assert response["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("name", AFTER_REAUTHENTICATION)
def test_second_factors_are_behind_the_password(client, name):
    person = PersonFactory()
    client = browser_of(person)
    response = client.get(reverse(name))
    assert response["Location"].startswith(reverse("account_reauthenticate"))
    back = client.post(response["Location"], {"password": PASSWORD})
    assert_our_page(client.get(back["Location"]))


@pytest.mark.parametrize("name", WITH_AN_APP)
def test_a_person_with_an_app_sees_the_page(client, name):
    person = PersonFactory()
    secret = add_authenticator_app(person)
    sign_in(client, person)
    assert_our_page(client.get(reverse("mfa_authenticate")))
    client.post(reverse("mfa_authenticate"), {"code": code_now(secret)})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert_our_page(client.get(reverse(name)))


def test_the_link_in_the_mail_asks_before_it_confirms(client):
    person = PersonFactory(address=False)
    key = EmailConfirmationHMAC(EmailAddress.objects.get(user=person)).key
    html = assert_our_page(client.get(reverse("account_confirm_email", args=[key])))
    assert person.email in html
    assert not EmailAddress.objects.get(user=person).verified


def test_a_broken_confirmation_link_says_what_to_do(client):
    response = client.get(reverse("account_confirm_email", args=["nonsense"]))
    assert "expired or is not complete" in assert_our_page(response)


def test_a_used_reset_link_says_what_to_do(client):
    response = client.get(reverse("account_reset_password_from_key", args=["1", "nonsense"]))
    assert "has been used already" in assert_our_page(response)


def test_a_form_without_answers_names_each_field(client):
    response = client.post(reverse("account_signup"), {})
    assert set(response.context["form"].errors) == {"name", "email", "password1", "password2"}
    assert response.content.decode().count('aria-invalid="true"') == 4


def test_too_many_attempts_get_a_page_of_their_own(client):
    for _ in range(31):
        response = client.post("/accounts/login/", {"login": "a@example.org", "password": "x"})
    assert response.status_code == 429
    assert "Wait a few minutes" in response.content.decode()
