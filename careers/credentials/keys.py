"""The keys that credentials are signed with: ES256 (RFC 7518), named by their thumbprint (RFC 7638).

Private keys are in the database, so that every web process finds them, and encrypted with a key that is derived from
SECRET_KEY, so that a copy of the database alone signs nothing (docs/adr/0019-proof-of-learning.md).
"""

from __future__ import annotations

import base64
import json
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.encoding import force_bytes
from joserfc.jwk import ECKey

from careers.models import SigningKey

ALGORITHM = "ES256"
CURVE = "P-256"
PURPOSE = b"careers.credentials.keys"


class NoSigningKey(RuntimeError):
    """There is no key, or SECRET_KEY is not the one that it was encrypted with."""


def make_key() -> SigningKey:
    """Make the key that signs from now on."""
    key = ECKey.generate_key(CURVE, private=True)
    private = json.dumps(key.as_dict(private=True)).encode()
    public = key.as_dict(private=False) | {"alg": ALGORITHM, "use": "sig"}
    return SigningKey.objects.create(kid=key.thumbprint(), public_jwk=public, private_jwk=_cipher().encrypt(private))


def ensure_key() -> SigningKey:
    """Return the key that signs, made now if there is none."""
    return SigningKey.objects.first() or make_key()


def signing_key() -> tuple[SigningKey, ECKey]:
    """Return the newest key, decrypted. Raises NoSigningKey."""
    row = SigningKey.objects.first()
    if row is None:
        raise NoSigningKey("There is no signing key: run `manage.py credential_keys make`.")
    try:
        private = json.loads(_cipher().decrypt(bytes(row.private_jwk)))
    except InvalidToken as error:
        raise NoSigningKey(
            "SECRET_KEY is not the one that the signing key was made with: run `manage.py credential_keys rotate`."
        ) from error
    return row, ECKey.import_key(private)


def public_keys() -> list[dict[str, Any]]:
    """Return every public key as a JWK with its `kid`, the newest first."""
    return [key.public_jwk | {"kid": key.kid} for key in SigningKey.objects.all()]


def _cipher() -> MultiFernet:
    """The present secret encrypts; former ones, as SECRET_KEY_FALLBACKS, still decrypt."""
    return MultiFernet([_fernet(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _fernet(secret: str | bytes) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(force_bytes(secret))
    return Fernet(base64.urlsafe_b64encode(derived))
