"""Queueing one message to one person; `jobs.delivery` sends it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin

import css_inline
from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string

from jobs.models import Mail
from jobs.wakeups import wake_after_commit


def send_mail_later(
    *, recipient: str, subject: str, text: str, html: str = "", headers: Mapping[str, str] | None = None
) -> Mail:
    """Queue one message in the current transaction and wake `mail-now` after it: no commit, no mail.

    Line breaks and control characters in the subject and in headers become spaces (RFC 5322, 2.2). Style sheets in
    the HTML are moved into attributes.
    """
    with transaction.atomic():
        mail = Mail.objects.create(
            recipient=recipient.strip(),
            subject=one_line(subject)[:255],
            text=text.replace("\x00", ""),
            html=inline_styles(html.replace("\x00", "")),
            headers={name: one_line(value) for name, value in (headers or {}).items()},
        )
        wake_after_commit(mail)
    return mail


def render_mail(template: str, context: dict[str, Any]) -> tuple[str, str]:
    """Return the text and the HTML of `templates/emails/<template>`."""
    text = render_to_string(f"emails/{template}.txt", context)
    return text.strip() + "\n", render_to_string(f"emails/{template}.html", context)


def inline_styles(html: str) -> str:
    """Move style sheets into attributes, which mail clients need; what depends on the screen stays where it is."""
    return css_inline.inline(html, keep_at_rules=True, minify_css=True, load_remote_stylesheets=False) if html else ""


def absolute(url: str) -> str:
    """The address as a mail needs it."""
    return urljoin(f"{settings.BASE_URL}/", url) if url else ""


def one_line(text: str) -> str:
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
