"""Writes about people."""

from __future__ import annotations

from collections.abc import Iterable

from allauth.account.models import EmailAddress
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest

from accounts.models import User


@transaction.atomic
def ensure_person(
    *,
    email: str,
    name: str,
    password: str | None,
    groups: Iterable[str] = (),
    superuser: bool = False,
) -> User:
    """Return the person with this address, made if need be, who can sign in at once.

    The address counts as confirmed. A person who is there already keeps name, password and rights, and only gains
    the groups named here. Raises Group.DoesNotExist for a group that is not there, and ValidationError for a field
    that is wrong.
    """
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        user = User(email=User.objects.normalize_email(email), name=name, is_staff=superuser, is_superuser=superuser)
        user.set_password(password)
        user.full_clean()
        user.save()
    _confirm_address(user)
    user.groups.add(*[Group.objects.get(name=group) for group in groups])
    return user


def _confirm_address(user: User) -> None:
    address, _created = EmailAddress.objects.get_or_create(
        user=user, email=user.email.lower(), defaults={"verified": True, "primary": True}
    )
    if not address.verified:
        address.verified = True
        address.save(update_fields=["verified"])


def end_other_sessions(*, request: HttpRequest, user: User) -> None:
    """Sign this person out everywhere but in the browser of this request."""
    User.objects.filter(pk=user.pk).update(session_version=F("session_version") + 1)
    user.refresh_from_db(fields=["session_version"])
    if request.user == user:
        update_session_auth_hash(request, user)
