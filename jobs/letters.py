"""One mail a day for those who want their notices so: which letter a notice goes into, and the letter itself."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobs.actions import finish
from jobs.mail import absolute, render_mail, send_mail_later
from jobs.models import DailyLetter, Notice, NoticePreference
from jobs.speaking import speaking_to

#: A letter that is due sooner may be written before the notice is committed; it goes into the next one.
MARGIN = timedelta(minutes=10)


def collect(notice: Notice, preference: NoticePreference, *, now: datetime | None = None) -> DailyLetter:
    """Put the notice into the person's next letter, and make that letter if this is its first notice."""
    letter = _next_letter(preference, now or timezone.now())
    notice.letter = letter
    notice.save(update_fields=["letter"])
    return letter


def _next_letter(preference: NoticePreference, now: datetime) -> DailyLetter:
    """The first one that is still to be written; a day whose letter has gone out has no second one."""
    person = preference.person
    day = now.astimezone(_zone_of(person)).date()
    while True:
        due_at = datetime.combine(day, time(preference.hour), tzinfo=_zone_of(person))
        if due_at > now + MARGIN:
            letter, _is_new = DailyLetter.objects.get_or_create(
                recipient=person, day=day, defaults={"next_try_at": due_at}
            )
            if letter.status == DailyLetter.Status.WAITING and letter.next_try_at > now + MARGIN:
                return letter
        day += timedelta(days=1)


def write_letter(letter: DailyLetter) -> None:
    """Queue the mail in the transaction that ends the letter: neither comes without the other. Raises LeaseLost."""
    person, unread = letter.recipient, list(letter.notices.filter(read_at=None).order_by("created_at", "pk"))
    with transaction.atomic():
        if reason := _why_not(letter, unread):
            finish(letter, reason=reason)
            return
        with speaking_to(person):
            text, html = render_mail("daily_letter", _context(letter, unread))
            send_mail_later(recipient=person.email, subject=subject_of(unread), text=text, html=html)
        finish(letter)  # last: when anything before it raises, the row still has its claim


def subject_of(notices: list[Notice]) -> str:
    return ngettext(
        "%(count)d thing happened on the portal", "%(count)d things happened on the portal", len(notices)
    ) % {"count": len(notices)}


def _why_not(letter: DailyLetter, unread: list[Notice]) -> str:
    """Why nothing is to be sent; empty when something is."""
    person = letter.recipient
    if not unread:
        return _("Everything was read in the admin before.")
    if not (person.is_active and person.email):
        return _("The account is closed.")
    preference = NoticePreference.objects.filter(person=person).first()
    if preference and preference.how == NoticePreference.How.ADMIN:
        return _("The person wants no mail any more.")
    return ""


def _context(letter: DailyLetter, unread: list[Notice]) -> dict[str, Any]:
    bad = [notice for notice in unread if notice.level == Notice.Level.BAD]
    good = [notice for notice in unread if notice.level != Notice.Level.BAD]
    groups = [
        {"level": level, "label": label, "told": [(notice, absolute(notice.url)) for notice in notices]}
        for level, label, notices in (
            (Notice.Level.BAD, _("Needs you"), bad),
            (Notice.Level.GOOD, _("Good news"), good),
        )
        if notices
    ]
    return {
        "subject": subject_of(unread),
        "name": letter.recipient.get_short_name(),
        "groups": groups,
        "link": absolute(reverse("jobs:notices")),
        "settings": absolute(reverse("wagtailadmin_account")),
    }


def _zone_of(person: Any) -> ZoneInfo:
    zone: ZoneInfo = person.zone
    return zone
