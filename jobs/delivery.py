"""Delivering one mail through Django's mail API, and what each answer of the mail server means for its row."""

from __future__ import annotations

import logging
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection

from jobs.actions import fail, finish, retry
from jobs.models import LeasedRow, Mail
from jobs.smtp_answers import Answer, understand

logger = logging.getLogger(__name__)
#: Seconds that a mail server may take for each step of the conversation.
TIMEOUT = 30


def deliver(mail: Mail) -> None:
    """Send the mail and end its row. Its words are erased once they are delivered. Raises LeaseLost."""
    hand_over(mail, row=mail, text="", html="", headers={})


def hand_over(mail: Mail, *, row: LeasedRow, **on_sent: Any) -> None:
    """Send `mail`, which need not be stored, and end `row`, whose work it is. Raises LeaseLost."""
    try:
        sent = build(mail).send()
    except Exception as error:
        answer = understand(error)
        if answer is None:
            raise
        _end(row, answer, error)
    else:
        if not sent:
            raise RuntimeError("The mail backend did not take the mail.")
        finish(row, **on_sent)


def build(mail: Mail) -> EmailMultiAlternatives:
    """The message: the same Message-ID at every attempt (RFC 5322, 3.6.4), marked as automatic (RFC 3834)."""
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[mail.recipient],
        connection=get_connection(timeout=settings.EMAIL_TIMEOUT or TIMEOUT),
        headers={
            "Message-ID": message_id(mail),
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "OOF, AutoReply",
            **mail.headers,
        },
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    return message


def message_id(mail: Mail) -> str:
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return f"<{mail.message_id}@{domain}>"


def _end(row: LeasedRow, answer: Answer, error: Exception) -> None:
    logger.warning("The mail of %s %s was not delivered: %s", row._meta.label, row.pk, error)
    if answer.final:
        fail(row, reason=answer.reason)
    else:
        retry(row, reason=answer.reason)
