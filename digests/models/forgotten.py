"""Addresses that must not be written to, of people of whom nothing else is kept."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _


class ForgottenAddress(models.Model):
    """A suppressed address whose owner had everything erased: a keyed hash of it, and nothing that leads back.

    Without it, erasing one's data would open the address to the digest again. With another SECRET_KEY the hashes
    mean nothing any more.
    """

    key_hash = models.CharField(max_length=64, unique=True, editable=False)
    since = models.DateField(_("since"), default=timezone.localdate, editable=False)

    class Meta:
        verbose_name = _("forgotten address")
        verbose_name_plural = _("forgotten addresses")

    def __str__(self) -> str:
        return self.key_hash[:12]


def hash_of(email_key: str) -> str:
    return salted_hmac("digests.forgotten", email_key, algorithm="sha256").hexdigest()


def is_forgotten(email_key: str) -> bool:
    return ForgottenAddress.objects.filter(key_hash=hash_of(email_key)).exists()
