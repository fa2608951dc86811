"""The mail server's log in the Digests section of the admin."""

from __future__ import annotations

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from digests.views import unknown
from home.admin_menu import PermittedViewSet


class ReconcileViewSet(PermittedViewSet):
    name = "digest-log"
    url_namespace = "digest_log"
    icon = "history"
    menu_label = _("Mail log")
    menu_order = 30
    permission = unknown.PERMISSION

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("", unknown.ReconcileView.as_view(), name="index")]
