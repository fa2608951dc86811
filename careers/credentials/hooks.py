"""Certificates in Wagtail's admin; imported by careers.wagtail_hooks."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.permissions import register_permission_policy

from careers.credentials.issuing import RENAMED, REVOKED
from careers.credentials.viewsets import CertificateViewSet
from careers.models import Credential
from home.permissions import OnlyThese

register_permission_policy(Credential, OnlyThese(Credential, "view", "revoke"), exact_class=True)


@hooks.register("register_admin_viewset")
def certificates() -> CertificateViewSet:
    return CertificateViewSet()


@hooks.register("register_permissions")
def revoke_permission() -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label="careers", codename="revoke_credential")


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    actions.register_action(REVOKED, _("Revoke a certificate"), _("Certificate revoked"))
    actions.register_action(RENAMED, _("Issue a certificate anew"), _("Certificate issued under another name"))
