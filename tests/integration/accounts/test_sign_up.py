"""Making an account, and the mail around it."""

from __future__ import annotations

import re

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings as django_settings
from django.core import mail as sent_mail

from accounts.adapter import AccountAdapter
from accounts.models import User
from jobs.models import Mail
from tests.factories.accounts import PASSWORD, PersonFactory, sign_in

pytestmark = pytest.mark.django_db

FORM = {"name": "Amara Okonjo", "email": "amara@example.org", "password1": PASSWORD, "password2": PASSWORD}


def sign_up(client, **changes):
    return client.post("/accounts/signup/", FORM | changes)


def link_in(mail: Mail) -> str:
    found = re.search(rf"{re.escape(django_settings.BASE_URL)}(/accounts/\S+)", mail.text)
    assert found, mail.text
    return found[1]


def test_sign_up_confirm_sign_in(client):
    assert sign_up(client)["Location"] == "/accounts/confirm-email/"
    person = User.objects.get()
    assert (person.name, person.email) == ("Amara Okonjo", "amara@example.org")
    assert "_auth_user_id" not in client.session

    mail = Mail.objects.get()
    assert mail.recipient == person.email
    client.get(link_in(mail))
    assert not EmailAddress.objects.get().verified
    client.post(link_in(mail))
    assert EmailAddress.objects.get().verified

    sign_in(client, person)
    assert client.session["_auth_user_id"] == str(person.pk)


def test_nobody_signs_in_before_the_address_is_confirmed(client):
    person = PersonFactory(address=False)
    assert sign_in(client, person)["Location"] == "/accounts/confirm-email/"
    assert "_auth_user_id" not in client.session


def test_the_mail_is_queued_not_sent(client):
    sign_up(client)
    assert sent_mail.outbox == []
    assert Mail.objects.get().status == Mail.Status.WAITING


def test_the_mail_has_the_same_words_in_text_and_html(client):
    sign_up(client)
    mail = Mail.objects.get()
    assert f'href="{django_settings.BASE_URL}{link_in(mail)}"' in mail.html
    assert "Confirm this address" in mail.text
    assert "Confirm this address" in mail.html


def test_what_a_stranger_types_as_a_name_is_not_sent_to_the_address(client):
    sign_up(client, name="Win a prize at evil.test")
    assert "evil.test" not in Mail.objects.get().text + Mail.objects.get().html


def test_links_lead_to_the_portal_whatever_the_host_header_says(client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    for path, form in (("/accounts/signup/", FORM), ("/accounts/password/reset/", {"email": "nobody@example.org"})):
        client.post(path, form, headers={"host": "evil.test"})
    PersonFactory(email="known@example.org")
    client.post("/accounts/password/reset/", {"email": "known@example.org"}, headers={"host": "evil.test:81"})
    assert Mail.objects.count() == 3
    for mail in Mail.objects.all():
        assert "evil.test" not in mail.text + mail.html + mail.subject
        assert f"{settings.BASE_URL}/accounts/" in mail.text


def test_a_broker_that_is_down_does_not_break_sign_up(
    client, settings, monkeypatch, django_capture_on_commit_callbacks
):
    def refuse(*args, **kwargs):
        raise OSError("no broker")

    monkeypatch.setattr("celery.app.task.Task.apply_async", refuse)
    with django_capture_on_commit_callbacks(execute=True):
        response = sign_up(client)
    assert response.status_code == 302
    assert Mail.objects.get().status == Mail.Status.WAITING


def test_an_address_that_has_an_account_gets_a_mail_and_the_visitor_the_same_answer(client):
    PersonFactory(email="amara@example.org")
    taken = sign_up(client)
    assert (taken.status_code, taken["Location"]) == (302, "/accounts/confirm-email/")
    assert User.objects.count() == 1
    assert "already have an account" in Mail.objects.get().subject


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "a" * 101),
        ("name", "Bob\r\nBcc: x@y"),
        ("email", "a@b"),
        ("email", "a@b..com"),
        ("email", "a" * 400 + "@example.org"),
        ("password1", "short"),
        ("password1", "password123"),
        ("password2", "not the same words"),
    ],
)
def test_a_wrong_field_says_so_and_stores_nothing(client, field, value):
    response = sign_up(client, **({field: value} | ({"password2": value} if field == "password1" else {})))
    assert set(response.context["form"].errors) <= {field, "password2"}
    assert response.context["form"].errors
    assert not User.objects.exists()
    assert not Mail.objects.exists()


def test_rights_cannot_be_signed_up_for(client):
    sign_up(client, is_staff="on", is_superuser="on", groups="1", session_version="9")
    person = User.objects.get()
    assert (person.is_staff, person.is_superuser, person.groups.count(), person.session_version) == (False, False, 0, 0)


def test_a_forgotten_password_is_replaced_by_the_link(client):
    person = PersonFactory()
    client.post("/accounts/password/reset/", {"email": person.email})
    form_address = client.get(link_in(Mail.objects.get()))["Location"]
    new = "another-quiet-evening"
    client.post(form_address, {"password1": new, "password2": new})
    person.refresh_from_db()
    assert person.check_password(new)
    assert Mail.objects.filter(subject="Your password has been changed").count() == 1


ACCOUNT_MAILS = (
    "email_confirmation",
    "email_confirmation_signup",
    "account_already_exists",
    "unknown_account",
    "password_reset_key",
    "password_reset",
    "password_changed",
    "password_set",
    "email_changed",
    "email_confirm",
    "email_deleted",
)
SECOND_FACTOR_MAILS = (
    "totp_activated",
    "totp_deactivated",
    "webauthn_added",
    "webauthn_removed",
    "recovery_codes_generated",
)
EVERY_MAIL = [f"account/email/{name}" for name in ACCOUNT_MAILS] + [f"mfa/email/{name}" for name in SECOND_FACTOR_MAILS]


@pytest.mark.parametrize("name", EVERY_MAIL)
def test_every_account_mail_renders_in_our_design(name):
    links = dict.fromkeys(("activate_url", "password_reset_url", "signup_url"), "http://x/accounts/y/")
    addresses = {key: f"{key}@example.org" for key in ("from_email", "to_email", "deleted_email")}
    about = {"ip": "192.0.2.1", "user_agent": "<b>x</b>"}
    AccountAdapter().send_mail(name, "a@example.org", {**links, **addresses, **about})
    mail = Mail.objects.get()
    assert mail.subject[0].isupper()
    assert mail.text.startswith("Hello,")
    assert f'href="{django_settings.BASE_URL}/accounts/' in mail.html
    assert "<b>" not in mail.html
    assert "{" not in mail.text
    assert "http://x/" not in mail.text + mail.html
