"""What templates ask about certificates."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template

from careers.credentials.selectors import certificate_for
from careers.models import Completion, Credential
from home.models import ContentKind, ContentPage
from jobs.mail import absolute

register = template.Library()


@register.simple_tag
def certificate_of(person: Any, page: ContentPage) -> Credential | None:
    """Return the certificate that a signed-in person has for a path or a masterclass."""
    return certificate_for(person, page) if person.is_authenticated else None


@register.simple_tag
def certificate_address(certificate: Credential) -> str:
    """Return the whole address at which anybody can check a certificate."""
    return absolute(certificate.get_absolute_url())


@register.filter
def moment(text: str) -> datetime:
    """A date of frozen evidence (ISO 8601)."""
    return datetime.fromisoformat(text)


@register.filter
def kind_label(kind: str) -> str:
    return str(ContentKind(kind).label)


@register.filter
def how_label(how: str) -> str:
    return str(Completion.How(how).label)
