"""A certificate's file is made once and then kept for a while: reading the fonts takes a second or two each time."""

from __future__ import annotations

from functools import partial
from hashlib import sha256
from typing import cast

from django.core.cache import cache
from django.utils.translation import get_language

from careers.credentials.fonts import own_fonts
from careers.credentials.pdf import certificate_pdf, signatory
from careers.models import Credential
from jobs.mail import absolute
from jobs.naming import portal_name

#: Seconds. What a certificate says never changes; what stands around it is part of the key.
KEPT = 24 * 3600


def kept_pdf(credential: Credential) -> bytes:
    """The file as `certificate_pdf` makes it."""
    around = [get_language() or "", portal_name(), signatory(), absolute(credential.get_absolute_url())]
    around += [f"{file.name} {file.stat().st_mtime}" for file in own_fonts()]
    key = f"certificate-pdf:{credential.pk}:{sha256(repr(around).encode()).hexdigest()}"
    return cast("bytes", cache.get_or_set(key, partial(certificate_pdf, credential), KEPT))
