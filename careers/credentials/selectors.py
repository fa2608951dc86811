"""What is read about certificates: by whoever has an address, by the person themself, by verifiers."""

from __future__ import annotations

from typing import Any

from django.db.models import Max

from careers.credentials import status_list
from careers.credentials.evidence import completed_when
from careers.models import Credential
from home.models import ContentPage


def certificate_for_reader(code: str, reader: Any) -> Credential | None:
    """Return the certificate with this code; one that is hidden is there for its person alone."""
    credential = Credential.objects.select_related("person").filter(code=code).first()
    if credential and credential.hidden and credential.person_id != reader.pk:
        return None
    return credential


def shown_successor(credential: Credential) -> Credential | None:
    """Return the certificate that is in this one's place today, unless its person hides it."""
    latest: Credential | None = None
    following = Credential.objects.filter(replaces=credential.pk).first()
    while following:
        latest, following = following, Credential.objects.filter(replaces=following.pk).first()
    return latest if latest and not latest.hidden else None


def certificates_of(person: Any) -> list[Credential]:
    """Return what the person has, the newest first and with their areas, without those that were issued anew."""
    return list(Credential.objects.of(person).current().prefetch_related("page__areas"))


def certificate_for(person: Any, page: ContentPage) -> Credential | None:
    return Credential.objects.of(person).current().filter(page=page.pk).first()


def may_have_certificate(person: Any, page: ContentPage) -> bool:
    """Whether the person has completed the path or masterclass, perhaps before there were certificates."""
    return completed_when(person, page) is not None


def is_status_list(number: int) -> bool:
    """Whether a list has places taken, or is the first."""
    highest = Credential.objects.aggregate(highest=Max("pk"))["highest"] or 0
    return number <= highest // status_list.PLACES
