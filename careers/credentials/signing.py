"""Signing a credential as VC-JWT, with the issuer's key.

Sources: 1EdTech, Open Badges Specification 3.0, 8.2 (JSON Web Token proof format); RFC 7515 (JWS), RFC 7518 (ES256).
Moments are UTC, to the second.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from joserfc import jws

from careers.credentials import issuer
from careers.credentials.keys import ALGORITHM, signing_key


def sign(payload: dict[str, Any]) -> str:
    """Return the payload as a compact JWS. Raises NoSigningKey."""
    row, key = signing_key()
    header = {"alg": ALGORITHM, "typ": "JWT", "kid": issuer.key_address(row.kid)}
    return jws.serialize_compact(header, json.dumps(payload, ensure_ascii=False), key, algorithms=[ALGORITHM])


def with_claims(body: dict[str, Any]) -> dict[str, Any]:
    """Add the claims of OB 3.0, 8.2.4.1, to a credential: the payload is the credential itself."""
    until = {"exp": seconds(body["validUntil"])} if "validUntil" in body else {}
    subject = body["credentialSubject"]["id"]
    claims = {"iss": body["issuer"]["id"], "jti": body["id"], "nbf": seconds(body["validFrom"]), "sub": subject}
    return body | claims | until


def stamp(moment: datetime) -> str:
    """A DateTimeZ (OB 3.0, B.5)."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def seconds(stamped: str) -> int:
    """A NumericDate (RFC 7519, 2) that equals the stamp exactly."""
    return int(datetime.fromisoformat(stamped).timestamp())
