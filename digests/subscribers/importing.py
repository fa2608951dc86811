"""Taking over another list. A dry run and the real one are the same function; nobody is written to.

Whoever is known already stays as they are: an address that was suppressed, forgotten or unsubscribed here is not
brought back by a file. Taking a file twice takes nobody twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digests.actions import next_due
from digests.models import ConsentReceipt, ForgottenAddress, Subscriber
from digests.models.forgotten import hash_of
from digests.subscribers.lists import Line
from home.models import Area

AT_ONCE = 500
PLACE = "import"


class Verdict(models.TextChoices):
    TAKEN = "taken", _("subscribed")
    STANDS = "stands", _("subscribed already: stays as it is")
    WAITING = "waiting", _("has asked here and not confirmed yet: stays as it is")
    LEFT = "left", _("unsubscribed here: stays unsubscribed")
    SUPPRESSED = "suppressed", _("must not be written to: stays so")
    REFUSED = "refused", _("cannot be taken")


KNOWN = {
    Subscriber.Status.CONFIRMED: Verdict.STANDS,
    Subscriber.Status.PENDING: Verdict.WAITING,
    Subscriber.Status.UNSUBSCRIBED: Verdict.LEFT,
    Subscriber.Status.SUPPRESSED: Verdict.SUPPRESSED,
}


@dataclass(frozen=True)
class Result:
    line: Line
    verdict: Verdict
    problem: str = ""

    @property
    def words(self) -> str:
        return self.problem or str(self.verdict.label)


def take(lines: Sequence[Line], *, consent: str, write: bool, now: datetime | None = None) -> list[Result]:
    """Return what becomes of each line, and make it so if `write`; `consent` is for lines that bring none."""
    now = now or timezone.now()
    areas = {area.slug: area for area in Area.objects.all()}
    results: list[Result] = []
    for start in range(0, len(lines), AT_ONCE):
        with transaction.atomic():
            judged = list(_judge(lines[start : start + AT_ONCE], areas, consent))
            if write:
                _store([result.line for result in judged if result.verdict == Verdict.TAKEN], areas, consent, now)
        results += judged
    return results


def sums(results: Sequence[Result]) -> dict[str, int]:
    """How many lines fare in which way, for those that occur."""
    counted = Counter(result.verdict for result in results)
    return {str(verdict.label): counted[verdict] for verdict in Verdict if counted[verdict]}


def _judge(lines: Sequence[Line], areas: Mapping[str, Area], consent: str) -> Iterator[Result]:
    keys = [line.address.key for line in lines if line.address]
    known = dict(Subscriber.objects.filter(email_key__in=keys).values_list("email_key", "status"))
    hashes = {hash_of(key): key for key in keys}
    forgotten = ForgottenAddress.objects.filter(key_hash__in=hashes).values_list("key_hash", flat=True)
    suppressed = {hashes[found] for found in forgotten}
    for line in lines:
        if line.address is None:
            yield Result(line, Verdict.REFUSED, line.problem)
        elif line.address.key in suppressed:
            yield Result(line, Verdict.SUPPRESSED)
        elif status := known.get(line.address.key):
            yield Result(line, KNOWN[Subscriber.Status(status)])
        else:
            yield _judge_new(line, areas, consent)


def _judge_new(line: Line, areas: Mapping[str, Area], consent: str) -> Result:
    strange = [slug for slug in line.areas if slug not in areas]
    if strange:
        names = {"unknown": ", ".join(strange), "known": ", ".join(areas)}
        return Result(line, Verdict.REFUSED, _("No area is called %(unknown)s. There are: %(known)s.") % names)
    if not (line.consent or consent):
        return Result(line, Verdict.REFUSED, str(_("Nothing says what this person agreed to.")))
    return Result(line, Verdict.TAKEN)


def _store(lines: Sequence[Line], areas: Mapping[str, Area], consent: str, now: datetime) -> None:
    rows = [_subscriber(line, now) for line in lines]
    Subscriber.objects.bulk_create(rows)
    through = Subscriber.areas.through
    chosen = [(row, slug) for row, line in zip(rows, lines, strict=True) for slug in line.areas or areas]
    through.objects.bulk_create([through(subscriber_id=row.pk, area_id=areas[slug].pk) for row, slug in chosen])
    ConsentReceipt.objects.bulk_create(
        ConsentReceipt(
            subscriber=row,
            event=ConsentReceipt.Event.IMPORTED,
            text=line.consent or consent,
            place=PLACE,
            created_at=now,
        )
        for row, line in zip(rows, lines, strict=True)
    )
    _link_to_people(rows)


def _subscriber(line: Line, now: datetime) -> Subscriber:
    assert line.address  # noqa: S101 - narrows the type: lines without one are refused
    row = Subscriber(email=line.address.email, email_key=line.address.key, **line.settings)
    row.status, row.confirmed_at, row.created_at = Subscriber.Status.CONFIRMED, now, now
    row.next_due_at = next_due(row, now)
    return row


def _link_to_people(rows: Sequence[Subscriber]) -> None:
    """A subscription belongs to the person who has proved the address."""
    emails = {row.email.lower(): row for row in rows}
    proved = EmailAddress.objects.filter(email__in=[*emails, *(row.email for row in rows)], verified=True)
    for owner in proved.values_list("email", "user_id"):
        emails[owner[0].lower()].person_id = owner[1]
    Subscriber.objects.bulk_update([row for row in rows if row.person_id], ["person"])
