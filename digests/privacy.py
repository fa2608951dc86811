"""A person's subscription: theirs to take along, to keep when they go, or to end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.privacy import registry
from digests import addresses
from digests.models import Subscriber
from digests.subscribers.erasing import erase

if TYPE_CHECKING:
    from accounts.models import User

Status = Subscriber.Status
ACTIVE = (Status.PENDING, Status.CONFIRMED)


def register() -> None:
    registry.find_rows("digests.Subscriber", subscriptions_of)
    registry.keep(
        "digests.Subscriber.person",
        reason=_(
            "Your digest goes on only if you choose so below; else it goes too. Of an address that we must not write "
            "to, a fingerprint stays, from which nobody can tell the address."
        ),
        and_below=True,
    )
    registry.keep(
        "digests.SubscriberImport.by",
        reason=_("A list of subscribers that was taken over stays; it does not say any more who did it."),
        fields=("name", "taken_at"),
    )
    registry.keep(
        "digests.Run.changed_by",
        reason=_("The record of what was sent stays; it does not say any more who stopped it or let it go on."),
        fields=("state", "reason", "changed_at"),
    )
    registry.keep(
        "digests.Edition.approved_by",
        reason=_("The edition has gone to its readers. It does not say any more who approved it."),
        fields=("rhythm", "period_key", "approved_at"),
    )
    registry.offer(
        registry.Choice(
            name="keep_digest",
            label=_("Keep my digest coming"),
            help_text=_("It goes on by your address alone, and you can end it by the link in every mail."),
            applies=lambda person: subscriptions_of(person).filter(status__in=ACTIVE).exists(),
            apply=keep_or_end,
        )
    )
    registry.before_erasing("digests.ended", erase_what_has_ended)


def subscriptions_of(person: User) -> QuerySet[Any]:
    """Those that are linked to the person, and those of an address that the person has proved to be theirs."""
    proved = EmailAddress.objects.filter(user=person, verified=True).values_list("email", flat=True)
    keys = [key for key in map(_key, proved) if key]
    return Subscriber.objects.filter(Q(person=person) | Q(person=None, email_key__in=keys)).order_by("pk")


def keep_or_end(person: User, keep: bool) -> None:
    if not keep:
        _erase(subscriptions_of(person).filter(status__in=ACTIVE))


def erase_what_has_ended(person: User) -> None:
    """What has ended, or must not be written to, goes with the person in any case."""
    _erase(subscriptions_of(person).exclude(status__in=ACTIVE))


def _erase(subscribers: QuerySet[Subscriber]) -> None:
    for subscriber in subscribers:
        erase(subscriber=subscriber)


def _key(address: str) -> str:
    try:
        return addresses.parse(address).key
    except ValidationError:
        return ""
