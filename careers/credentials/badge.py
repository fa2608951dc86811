"""A certificate as an Open Badges 3.0 AchievementCredential, signed as VC-JWT.

Sources: 1EdTech, Open Badges Specification 3.0, B.1 (data model); W3C, Verifiable Credentials Data Model 2.0.
Credits are hours.
"""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.utils.translation import gettext as _

from careers.credentials import issuer, status_list
from careers.credentials.signing import sign, stamp, with_claims
from careers.models import Completion, Credential
from home.models import ContentKind
from jobs.mail import absolute

CONTEXTS = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
]
SCHEMA = {
    "id": "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json",
    "type": "1EdTechJsonSchemaValidator2019",
}


def signed_badge(credential: Credential) -> str:
    """Return the credential as a compact JWS. Raises NoSigningKey."""
    return sign(with_claims(document(credential)))


def document(credential: Credential) -> dict[str, Any]:
    """Return the AchievementCredential (OB 3.0, B.1.2) that a certificate stands for."""
    until = {"validUntil": stamp(credential.expires_at)} if credential.expires_at else {}
    return {
        "@context": CONTEXTS,
        "id": absolute(credential.get_absolute_url()),
        "type": ["VerifiableCredential", "AchievementCredential"],
        "name": credential.title,
        "issuer": issuer.profile(),
        "validFrom": stamp(credential.issued_at),
        **until,
        "awardedDate": stamp(credential.completed_at),
        "credentialSubject": _subject(credential),
        "evidence": [_evidence(step) for step in credential.steps],
        "credentialSchema": [SCHEMA],
        "credentialStatus": status_list.entry(credential),
    }


def _subject(credential: Credential) -> dict[str, Any]:
    """The AchievementSubject (B.1.3). Its id tells nothing about the person, and is another on each certificate."""
    starts = [step["completed_at"] for step in credential.steps]
    begun = {"activityStartDate": stamp(datetime.fromisoformat(min(starts)))} if starts else {}
    return {
        "id": f"urn:uuid:{uuid5(NAMESPACE_URL, absolute(credential.get_absolute_url()))}",
        "type": ["AchievementSubject"],
        "identifier": _identities(credential),
        **begun,
        "activityEndDate": stamp(credential.completed_at),
        "creditsEarned": hours(credential.minutes),
        "achievement": _achievement(credential),
    }


def _identities(credential: Credential) -> list[dict[str, Any]]:
    """The name, and the address salted and hashed, by which a backpack knows whose badge it is (B.1.12)."""
    digest = sha256(f"{credential.person.email}{credential.code}".encode()).hexdigest()
    mail = {"hashed": True, "identityHash": f"sha256${digest}", "identityType": "emailAddress", "salt": credential.code}
    name = {"hashed": False, "identityHash": credential.name, "identityType": "name"}
    return [{"type": "IdentityObject"} | identity for identity in ([name, mail] if credential.name else [mail])]


def _achievement(credential: Credential) -> dict[str, Any]:
    address = credential.evidence.get("address")
    if credential.kind == ContentKind.PATH:
        kind, criteria = "LearningProgram", _("Every required step of the learning path was completed.")
    else:
        kind, criteria = "Course", _("Every part of the masterclass was completed.")
    return {
        "id": credential.evidence["achievement"],
        "type": ["Achievement"],
        "achievementType": kind,
        "name": credential.title,
        "description": credential.evidence.get("about") or credential.title,
        "criteria": {"narrative": criteria} | ({"id": address} if address else {}),
        "creditsAvailable": hours(credential.minutes),
    }


def _evidence(step: dict[str, Any]) -> dict[str, Any]:
    done = datetime.fromisoformat(step["completed_at"])
    words = {"how": Completion.How(step["how"]).label, "day": done.date().isoformat(), "minutes": step["minutes"]}
    return {
        "type": ["Evidence"],
        "name": step["title"],
        "genre": str(ContentKind(step["kind"]).label),
        "narrative": _("%(how)s on %(day)s, %(minutes)s minutes.") % words,
    }


def hours(minutes: int) -> float:
    return round(minutes / 60, 2)
