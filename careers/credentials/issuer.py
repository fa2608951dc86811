"""Who issues: the portal as a did:web (W3C DID method “web”), its keys as JWK sets, its profile (Open Badges 3.0)."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.urls import reverse

from careers.credentials.keys import public_keys
from home.models import SiteIdentity
from jobs.mail import absolute


def did() -> str:
    """The issuer's identifier: it follows from BASE_URL alone, and its document is at /.well-known/did.json."""
    return f"did:web:{quote(urlsplit(settings.BASE_URL).netloc, safe='')}"


def key_address(kid: str) -> str:
    """The `kid` of a signature (OB 3.0, 8.2.3): an address that leads to the public key."""
    return f"{did()}#{kid}"


def did_document() -> dict[str, Any]:
    """The DID document (W3C DID Core 1.0, 5): every key that ever signed, the newest first."""
    methods = [
        {"id": key_address(key["kid"]), "type": "JsonWebKey2020", "controller": did(), "publicKeyJwk": key}
        for key in public_keys()
    ]
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/suites/jws-2020/v1"],
        "id": did(),
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
        "service": [
            {"id": f"{did()}#profile", "type": "LinkedDomains", "serviceEndpoint": absolute("/")},
        ],
    }


def key_set() -> dict[str, Any]:
    """All public keys as a JWK set (RFC 7517, 5)."""
    return {"keys": public_keys()}


def profile() -> dict[str, Any]:
    """The issuer's Profile (OB 3.0, B.1.17), inside each credential and at an address of its own."""
    site = SiteIdentity.objects.filter(site__is_default_site=True).first() or SiteIdentity()
    optional = {"description": site.strapline, "email": site.contact_email}
    return {
        "id": did(),
        "type": ["Profile"],
        "name": site.name,
        "url": absolute("/"),
        "otherIdentifier": [
            {
                "type": "IdentifierEntry",
                "identifier": absolute(reverse("credential_issuer")),
                "identifierType": "ext:profileUrl",
            }
        ],
    } | {key: value for key, value in optional.items() if value}
