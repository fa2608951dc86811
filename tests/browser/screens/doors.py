"""Signing up and in, and what belongs to an account."""

from __future__ import annotations

from django.urls import reverse

from tests.browser.screens.screen import Screen, Screens

FOR_VISITORS = (
    "account_login",
    "account_signup",
    "account_inactive",
    "account_email_verification_sent",
    "account_confirm_email",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "accounts:deleted",
)
#: Of somebody with an authenticator app who has just typed their password once more.
FOR_PEOPLE = (
    "account_logout",
    "account_email",
    "account_change_password",
    "account_reauthenticate",
    "accounts:profile",
    "accounts:privacy",
    "accounts:export",
    "accounts:delete",
    "mfa_index",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_reauthenticate",
)
NAMES = FOR_VISITORS + FOR_PEOPLE
ARGUMENTS = {"account_confirm_email": ["nonsense"], "account_reset_password_from_key": ["1", "nonsense"]}


def for_visitors() -> Screens:
    for name in FOR_VISITORS:
        yield Screen(name, reverse(name, args=ARGUMENTS.get(name)))
    for name in ("account_login", "account_signup"):
        yield Screen(name, reverse(name), sent=True)


def for_people() -> Screens:
    for name in FOR_PEOPLE:
        yield Screen(name, reverse(name))
    yield Screen("accounts:delete", reverse("accounts:delete"), sent=True)
