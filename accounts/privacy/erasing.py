"""Deleting an account, by whatever door: what names the person is erased, what stays does not name them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.mail import html_parts
from accounts.models import User
from accounts.privacy import registry
from accounts.privacy.fields import files_of, shown_fields
from accounts.privacy.walking import Link, links
from jobs.mail import render_mail, send_mail_later
from jobs.naming import portal_name


class LastAdministrator(Exception):
    """Nobody could look after the site any more."""


@dataclass(frozen=True)
class Holding:
    """So many rows of one kind, and for those that stay, why."""

    title: str
    count: int
    reason: Any = ""


def is_last_administrator(person: User) -> bool:
    others = User.objects.filter(is_superuser=True, is_active=True).exclude(pk=person.pk)
    return person.is_superuser and not others.exists()


def holdings(person: User) -> tuple[list[Holding], list[Holding]]:
    """What goes with the person, and what stays."""
    goes: list[Holding] = []
    stays: list[Holding] = []
    for link in links():
        if count := link.rows(person).count():
            reason = link.kept.reason if link.kept else ""
            (goes if link.goes else stays).append(Holding(link.title, count, reason))
    return goes, stays


@transaction.atomic
def erase(*, person: User, wishes: Mapping[str, bool]) -> bool:
    """Delete the account and confirm it by one mail; return False when somebody was faster.

    `wishes` says what the person wants to keep, by the name of a `registry.Choice`. Raises LastAdministrator.
    """
    # Two administrators who leave at once wait for each other; SQLite lets one write at a time anyway.
    locked = User.objects.select_for_update().filter(Q(pk=person.pk) | Q(is_superuser=True)).order_by("pk")
    leaving = next((each for each in locked if each.pk == person.pk), None)
    if leaving is None:
        return False
    if is_last_administrator(leaving):
        raise LastAdministrator
    email, name = leaving.email, leaving.get_short_name()
    for choice in registry.choices_for(leaving):
        choice.apply(leaving, bool(wishes.get(choice.name)))
    leaving.delete()
    _confirm(email, name)
    return True


def forget(person: User) -> None:
    """What the database's own cascade does not know: called before any deletion of a user, also in the admin."""
    files = [(file.storage, file.name) for link in links() if link.goes for file in _files(link, person)]
    registry.tidy(person)
    for storage, file_name in files:
        transaction.on_commit(partial(storage.delete, file_name), robust=True)


def _files(link: Link, person: User) -> Any:
    # A path to a file may be hidden from exports; it is removed all the same.
    return files_of(link.rows(person).iterator(chunk_size=500), shown_fields(link.model))


def _confirm(email: str, name: str) -> None:
    subject = _("Your account is deleted")
    message = _(
        "Hello %(name)s,\n\n"
        "your account is deleted, and with it all that we kept about you. What stays on the site does not name you.\n\n"
        "This is the last message about your account. If it was not you who deleted it, please answer to this mail."
    ) % {"name": name}
    words = {"email": email, "site_name": portal_name(), "base_url": settings.BASE_URL}
    text, html = render_mail("account", {**words, "subject": subject, "message": message, "parts": html_parts(message)})
    send_mail_later(recipient=email, subject=subject, text=text, html=html)
