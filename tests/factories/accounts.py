"""People, and browsers in which they are signed in."""

from __future__ import annotations

import time
from typing import Any

import factory
from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.contrib.auth.models import Group
from django.test import Client

from accounts.models import User

PASSWORD = "a-long-and-quiet-evening"


class PersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email: Any = factory.Sequence(lambda n: f"person{n}@example.org")
    name = factory.Sequence(lambda n: f"Person {n}")

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, password: str = PASSWORD, **fields: Any) -> User:
        return User.objects.create_user(password=password, **fields)

    @factory.post_generation
    def address(self, create: bool, confirmed: bool | None, **_extra: Any) -> None:
        EmailAddress.objects.create(user=self, email=self.email.lower(), verified=confirmed is not False, primary=True)

    @factory.post_generation
    def groups(self, create: bool, names: list[str] | None, **_extra: Any) -> None:
        self.groups.set([Group.objects.get(name=name) for name in names or []])


class AdminFactory(PersonFactory):
    is_staff = True
    is_superuser = True


def browser_of(user: User | None) -> Client:
    """A browser in which this person is signed in, or nobody."""
    client = Client()
    if user:
        client.force_login(user)
    return client


def sign_in(client: Client, user: User, *, password: str = PASSWORD, **extra: Any) -> Any:
    return client.post("/accounts/login/", {"login": user.email, "password": password}, **extra)


def freshly_signed_in(user: User) -> Client:
    """A browser in which the person has just typed their password once more."""
    client = browser_of(user)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def add_authenticator_app(user: User) -> str:
    """Give the person an authenticator app and recovery codes; return the app's secret."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return secret


def code_now(secret: str) -> str:
    """What the app shows at this moment (RFC 6238: steps of 30 seconds)."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))
