"""Telling people, once, in the transaction of the change that they are told about."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from jobs.letters import collect
from jobs.mail import absolute, one_line, render_mail, send_mail_later
from jobs.models import Mail, Notice, NoticePreference
from jobs.speaking import speaking_to

How = NoticePreference.How


def notify(
    *,
    subject: models.Model,
    event: str,
    recipient: Any,
    title: str,
    message: str = "",
    url: str = "",
    level: str = Notice.Level.GOOD,
    by_mail: bool = True,
) -> Notice | None:
    """Write the notice and, as its recipient prefers, its mail; return None when they were told of this event before.

    `recipient` is a user; one without an address or who is not active gets no mail. `url` may be a path. Safe inside
    an outer transaction, and with others doing the same at this moment. Whoever calls makes the words in the language
    of the recipient: `with speaking_to(recipient)`. An event that can come again for the same
    subject carries what tells its times apart.
    """
    with transaction.atomic():
        notice, is_new = Notice.objects.get_or_create(
            subject_type=ContentType.objects.get_for_model(subject),
            subject_id=subject.pk,
            event=event,
            recipient=recipient,
            defaults={
                "title": one_line(title)[:200],
                "message": message.replace("\x00", ""),
                "url": url[:500],
                "level": level,
            },
        )
        if not is_new:
            return None
        if by_mail and recipient.is_active and recipient.email:
            _by_mail(notice)
    return notice


def mark_read(notices: QuerySet[Notice]) -> int:
    """Mark the unread ones among `notices` as read and return how many those were."""
    return notices.filter(read_at=None).update(read_at=timezone.now())


def preference_of(person: Any) -> NoticePreference:
    """How the person wants to be told; not saved when they never said."""
    return NoticePreference.objects.filter(person=person).first() or NoticePreference(person=person)


def _by_mail(notice: Notice) -> None:
    preference = preference_of(notice.recipient)
    if preference.how == How.DAILY:
        collect(notice, preference)
    elif preference.how == How.NOW:
        notice.mail = _mail(notice)
        notice.save(update_fields=["mail"])


def _mail(notice: Notice) -> Mail:
    recipient = notice.recipient
    context = {
        "notice": notice,
        "name": recipient.get_short_name(),
        "link": absolute(notice.url),
        "settings": absolute(reverse("wagtailadmin_account")),
    }
    with speaking_to(recipient):
        text, html = render_mail("notice", context)
    return send_mail_later(recipient=recipient.email, subject=notice.title, text=text, html=html)
