"""What names a person without a column that refers to them: labels in logs, mails, locks."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry, Page

from accounts.models import User
from jobs.models import Mail


def erase_traces(person: User) -> None:
    about_people = ContentType.objects.get_for_model(User)
    nobody = _("A person who has left")
    entries = ModelLogEntry.objects.filter(content_type=about_people, object_id=str(person.pk))
    entries.update(label=nobody)
    LogEntry.objects.filter(content_type=about_people, object_id=str(person.pk)).update(object_repr=nobody)
    mails_to(person).delete()
    unlock_pages_of(person)


def addresses_of(person: User) -> set[str]:
    return {person.email, *EmailAddress.objects.filter(user=person).values_list("email", flat=True)}


def mails_to(person: User) -> QuerySet[Mail]:
    """Mails that are waiting, and what is remembered of those that were sent."""
    wanted = Q()
    for address in addresses_of(person):
        wanted |= Q(recipient__iexact=address)
    return Mail.objects.filter(wanted)


def unlock_pages_of(person: User) -> None:
    """Nobody could edit them otherwise: a lock without its owner is one for everybody."""
    Page.objects.filter(locked_by=person).update(locked=False, locked_by=None, locked_at=None)
