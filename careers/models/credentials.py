"""Proof of learning: certificates, and what a site says about them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from accounts.models import validate_plain_name
from careers.querysets import CredentialQuerySet
from home.models import ContentKind

LONGEST_VALIDITY = 600


class Credential(models.Model):
    """A certificate as it was given: the page, the person and the progress may change afterwards, it does not."""

    class State(models.TextChoices):
        VALID = "valid", _("Valid")
        EXPIRED = "expired", _("Expired")
        REVOKED = "revoked", _("Revoked")
        SUPERSEDED = "superseded", _("Issued anew")

    code = models.CharField(_("code"), max_length=10, unique=True, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="credentials", verbose_name=_("person")
    )
    page = models.ForeignKey(
        "home.ContentPage",
        null=True,
        on_delete=models.SET_NULL,
        related_name="credentials",
        verbose_name=_("page"),
        help_text=_("Empty when the page was deleted; the certificate stays."),
    )
    kind = models.CharField(_("for"), max_length=20, choices=ContentKind.choices)
    name = models.CharField(_("name on it"), max_length=100, blank=True, validators=[validate_plain_name])
    title = models.CharField(_("title"), max_length=255)
    completed_at = models.DateTimeField(_("completed"))
    issued_at = models.DateTimeField(_("issued"), default=timezone.now)
    expires_at = models.DateTimeField(_("valid until"), null=True, blank=True)
    minutes = models.PositiveIntegerField(_("minutes"), default=0)
    evidence = models.JSONField(_("evidence"), default=dict)
    hidden = models.BooleanField(_("hidden by the person"), default=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    revoked_reason = models.CharField(_("reason"), max_length=300, blank=True)
    superseded_at = models.DateTimeField(_("issued anew"), null=True, blank=True)
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="replaced_by", editable=False
    )

    objects = CredentialQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ("-issued_at", "-pk")
        default_permissions = ("view",)
        permissions = (("revoke_credential", _("Can revoke certificates")),)
        constraints = (
            models.UniqueConstraint(
                fields=("person", "page"), condition=Q(superseded_at=None), name="one_certificate_per_person_and_page"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None) | ~Q(revoked_reason=""), name="certificate_revoked_with_a_reason"
            ),
        )
        indexes = (
            models.Index(fields=("-issued_at", "-id"), name="certificates_newest"),
            models.Index(fields=("revoked_at",), name="certificates_revoked", condition=Q(revoked_at__isnull=False)),
        )

    def __str__(self) -> str:
        return self.printed_code

    def get_absolute_url(self) -> str:
        return reverse("certificates:certificate", args=[self.printed_code])

    @property
    def printed_code(self) -> str:
        """The code in groups that one reads out and types: ABCD-EFGH-JK."""
        return "-".join(filter(None, (self.code[:4], self.code[4:8], self.code[8:])))

    @property
    def state(self) -> State:
        if self.superseded_at:
            return self.State.SUPERSEDED
        if self.revoked_at:
            return self.State.REVOKED
        if self.expires_at and self.expires_at <= timezone.now():
            return self.State.EXPIRED
        return self.State.VALID

    @property
    def is_valid(self) -> bool:
        return self.state == self.State.VALID

    @property
    def steps(self) -> list[dict[str, Any]]:
        steps: list[dict[str, Any]] = self.evidence.get("steps", [])
        return steps


class SigningKey(models.Model):
    """A key that credentials are signed with. The newest signs; all stay published, so that old ones verify."""

    kid = models.CharField(_("key id"), max_length=64, unique=True)
    public_jwk = models.JSONField(_("public key"))
    private_jwk = models.BinaryField(_("private key, encrypted"), editable=False)
    created_at = models.DateTimeField(_("made"), default=timezone.now)

    class Meta:
        verbose_name = _("signing key")
        verbose_name_plural = _("signing keys")
        ordering = ("-created_at", "-pk")
        default_permissions = ()

    def __str__(self) -> str:
        return self.kid


@register_setting(icon="form")
class CertificateSettings(BaseSiteSetting):
    validity_months = models.PositiveSmallIntegerField(
        _("valid for how many months"),
        default=0,
        validators=[MaxValueValidator(LONGEST_VALIDITY)],
        help_text=_("Counted from the day of completion. 0: for ever. Certificates that were given stay as they are."),
    )
    signatory = models.CharField(
        _("who signs"), max_length=120, blank=True, help_text=_("A name and role under the certificate, if you like.")
    )

    panels = [FieldPanel("validity_months"), FieldPanel("signatory")]

    class Meta:
        verbose_name = _("certificates")
        verbose_name_plural = _("certificate settings")
