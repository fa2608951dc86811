"""Writes about subscribers: asking, confirming, changing, leaving. Each change of status is one conditional UPDATE."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from digests import addresses, mail
from digests.addresses import Address
from digests.models import ConsentReceipt, Delivery, Subscriber
from digests.models.forgotten import is_forgotten
from digests.owed import make_what_is_due
from digests.periods import Before, next_period_after_change, rhythm_of
from home.models import Area

Status, Event = Subscriber.Status, ConsentReceipt.Event
BETWEEN_CONFIRMATIONS = timedelta(minutes=10)
CONFIRMATIONS_A_DAY = 3
A_DAY = timedelta(days=1)
A_MOMENT = timedelta(microseconds=1)
#: A month, and what zones can lie apart.
LONGEST_PERIOD = timedelta(days=33)


@dataclass(frozen=True)
class Wish:
    """What a subscriber asks for."""

    areas: tuple[Area, ...]
    rhythm: str
    weekday: int
    month_day: int
    hour: int
    time_zone: str
    language: str = settings.LANGUAGE_CODE
    paused_until: date | None = None

    @classmethod
    def setting_names(cls) -> list[str]:
        return [field.name for field in fields(cls) if field.name != "areas"]

    @property
    def settings(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.setting_names()}


@transaction.atomic
def ask(*, address: Address, wish: Wish, words: str, place: str, now: datetime | None = None) -> None:
    """Note the wish and mail a confirmation link; the mail, never the answer, tells what is known of the address.

    A subscription that is confirmed stays as it is: anybody may type anybody's address. `words` are what the person
    agreed to, `place` where they read them.
    """
    if is_forgotten(address.key):
        return
    subscriber, _is_new = Subscriber.objects.get_or_create(
        email_key=address.key, defaults={"email": address.email, **wish.settings}
    )
    if subscriber.status in (Status.PENDING, Status.UNSUBSCRIBED):
        _store(subscriber, wish)
    if _may_write_to(subscriber, now or timezone.now()):
        if subscriber.status == Status.CONFIRMED:
            mail.send_already_subscribed(subscriber)
            return
        _receipt(subscriber, Event.ASKED, words, place)
        mail.send_confirmation(subscriber, now=now)


@transaction.atomic
def ask_again(*, subscriber: Subscriber, words: str, place: str) -> None:
    """Mail a new confirmation link to somebody who left, as `ask` does."""
    if _may_write_to(subscriber, timezone.now()):
        _receipt(subscriber, Event.ASKED, words, place)
        mail.send_confirmation(subscriber)


@transaction.atomic
def confirm(*, subscriber: Subscriber, asked_at: datetime, words: str, now: datetime | None = None) -> bool:
    """Begin the subscription and return whether it stands now. Repeating it changes nothing.

    A link that is older than the last unsubscribing confirms nothing.
    """
    now = now or timezone.now()
    changed = (
        Subscriber.objects.filter(pk=subscriber.pk, status__in=(Status.PENDING, Status.UNSUBSCRIBED))
        .filter(Q(unsubscribed_at=None) | Q(unsubscribed_at__lt=asked_at))
        .update(
            status=Status.CONFIRMED,
            confirmed_at=now,
            unsubscribed_at=None,
            next_due_at=next_due(subscriber, now),
        )
    )
    subscriber.refresh_from_db()
    if changed:
        _receipt(subscriber, Event.CONFIRMED, words, "mail")
        link_to_person(email=subscriber.email)
    return subscriber.status == Status.CONFIRMED


@transaction.atomic
def change(*, subscriber: Subscriber, wish: Wish, now: datetime | None = None) -> None:
    """Store new preferences; the next digest is due by them, and not too soon after the last one.

    One that is due already comes all the same, by the old rhythm and with the new areas, unless they ask for a pause.
    """
    now = now or timezone.now()
    stored = Subscriber.objects.select_for_update().get(pk=subscriber.pk)
    begins_again_at = Subscriber(**wish.settings).begins_again_at
    if begins_again_at is None or begins_again_at <= now:
        make_what_is_due(stored, now)
    _store(subscriber, wish)
    due_at = next_due(subscriber, now)
    Subscriber.objects.confirmed().filter(pk=subscriber.pk).update(next_due_at=due_at)
    subscriber.refresh_from_db()
    _receipt(subscriber, Event.CHANGED, wish_in_words(wish), "preferences")


@transaction.atomic
def unsubscribe(*, subscriber: Subscriber, place: str) -> bool:
    """End the subscription at once and return whether that changed anything."""
    changed = Subscriber.objects.filter(pk=subscriber.pk, status__in=(Status.PENDING, Status.CONFIRMED)).update(
        status=Status.UNSUBSCRIBED, unsubscribed_at=timezone.now(), next_due_at=None
    )
    subscriber.refresh_from_db()
    if changed:
        _receipt(subscriber, Event.UNSUBSCRIBED, _("Unsubscribe"), place)
    return bool(changed)


@transaction.atomic
def suppress(*, subscriber: Subscriber, why: str) -> None:
    """Write to this address no more, whoever asks for it: it does not exist, or complained."""
    if (
        Subscriber.objects.exclude(status=Status.SUPPRESSED)
        .filter(pk=subscriber.pk)
        .update(status=Status.SUPPRESSED, next_due_at=None)
    ):
        _receipt(subscriber, Event.SUPPRESSED, why, "mail")
    subscriber.refresh_from_db()


def link_to_person(*, email: str) -> None:
    """Link the subscription of this address to the person who has proved that it is theirs."""
    owner = EmailAddress.objects.filter(email__iexact=email, verified=True).first()
    try:
        key = addresses.parse(email).key
    except ValidationError:
        return
    if owner:
        Subscriber.objects.filter(email_key=key).exclude(person=owner.user_id).update(person=owner.user_id)


def next_due(subscriber: Subscriber, now: datetime) -> datetime:
    """When the next digest is due: by the rhythm, not too soon after the last one, and after the pause."""
    after = max(now, subscriber.begins_again_at - A_MOMENT) if subscriber.begins_again_at else now
    return next_period_after_change(subscriber.schedule, after=after, before=_before(subscriber)).due_at


def _before(subscriber: Subscriber) -> Before | None:
    """The last digest, and the periods since the longest one ago that have a row already."""
    last = subscriber.last_due_at
    if last is None:
        return None
    made = Delivery.objects.filter(subscriber=subscriber, due_at__gte=last - LONGEST_PERIOD)
    rows = list(made.values_list("period_key", "due_at"))
    rhythms = [rhythm_of(key) for key, due_at in rows if due_at == last]
    rhythm = next((name for name in rhythms if name), subscriber.rhythm)
    return Before(last, rhythm, frozenset(key for key, _due_at in rows))


def wish_in_words(wish: Wish) -> str:
    areas = ", ".join(area.local.title for area in wish.areas)
    return "; ".join([areas, *(f"{name} {value}" for name, value in wish.settings.items() if value is not None)])


def _store(subscriber: Subscriber, wish: Wish) -> None:
    Subscriber.objects.filter(pk=subscriber.pk).update(**wish.settings)
    subscriber.areas.set(wish.areas)
    subscriber.refresh_from_db()


def _may_write_to(subscriber: Subscriber, now: datetime) -> bool:
    """Count one more mail to this address, unless it had its share; suppressed addresses have none."""
    rested = Subscriber.objects.filter(pk=subscriber.pk).exclude(status=Status.SUPPRESSED)
    rested = rested.filter(Q(asked_at=None) | Q(asked_at__lte=now - BETWEEN_CONFIRMATIONS))
    begun = now - A_DAY
    return bool(
        rested.filter(Q(asked_since=None) | Q(asked_since__lte=begun)).update(
            asked_at=now, asked_since=now, asked_count=1
        )
        or rested.filter(asked_since__gt=begun, asked_count__lt=CONFIRMATIONS_A_DAY).update(
            asked_at=now, asked_count=F("asked_count") + 1
        )
    )


def _receipt(subscriber: Subscriber, event: str, words: str, place: str) -> None:
    ConsentReceipt.objects.create(subscriber=subscriber, event=event, text=words, place=place[:200])
