"""Which certificates do not hold any more: W3C Bitstring Status List 1.0, which says nothing about the others.

A certificate's place is its row's number. A list has the least size that the standard allows, 131,072 places.
"""

from __future__ import annotations

import base64
import gzip
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from careers.credentials.signing import stamp
from careers.models import Credential
from jobs.mail import absolute

PLACES = 131_072
FRESH = timedelta(days=1)


def entry(credential: Credential) -> dict[str, Any]:
    """The BitstringStatusListEntry of a credential."""
    number, place = divmod(credential.pk, PLACES)
    address = list_address(number)
    return {
        "id": f"{address}#{place}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": str(place),
        "statusListCredential": address,
    }


def list_address(number: int) -> str:
    return absolute(reverse("credential_status", args=[number]))


def document(number: int, *, issuer: dict[str, Any]) -> dict[str, Any]:
    """The BitstringStatusListCredential of a list; good for a day, so that nobody is served an old one for long."""
    now, address = timezone.now(), list_address(number)
    return {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer["id"],
        "validFrom": stamp(now),
        "validUntil": stamp(now + FRESH),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": encoded(not_holding(number)),
        },
    }


def not_holding(number: int) -> list[int]:
    """The places in a list of what was revoked or issued anew."""
    rows = Credential.objects.filter(pk__gte=number * PLACES, pk__lt=(number + 1) * PLACES)
    gone = rows.filter(Q(revoked_at__isnull=False) | Q(superseded_at__isnull=False)).order_by()
    return [pk % PLACES for pk in gone.values_list("pk", flat=True)]


def encoded(places: list[int]) -> str:
    """A bitstring, first place leftmost, compressed, in multibase base64url (“u”)."""
    bits = bytearray(PLACES // 8)
    for place in places:
        bits[place // 8] |= 0x80 >> (place % 8)
    return "u" + base64.urlsafe_b64encode(gzip.compress(bytes(bits), mtime=0)).rstrip(b"=").decode()
