"""Who follows a masterclass."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def new_key() -> str:
    """Short, for it stands in a List-Unsubscribe address of at most 75 characters; 96 bits, so not to be guessed."""
    return secrets.token_urlsafe(12)


class Follow(models.Model):
    """`key` lets whoever has the mail end it without signing in."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="follows")
    masterclass = models.ForeignKey("masterclasses.MasterclassPage", on_delete=models.CASCADE, related_name="follows")
    key = models.CharField(max_length=16, default=new_key, unique=True, editable=False)
    created_at = models.DateTimeField(_("since"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("follow")
        verbose_name_plural = _("follows")
        constraints = (
            models.UniqueConstraint(fields=("person", "masterclass"), name="one_follow_per_person_and_masterclass"),
        )

    def __str__(self) -> str:
        return f"{self.person} → {self.masterclass}"
