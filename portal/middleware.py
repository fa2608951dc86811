"""One Content-Security-Policy for the public site and a looser one for the admin."""

from __future__ import annotations

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

ADMIN_PREFIX = "/admin/"


class ContentSecurityPolicyByPath(CSPMiddleware):
    """Wagtail's admin needs inline scripts and styles; nothing else gets them."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path.startswith(ADMIN_PREFIX) and not hasattr(response, "_csp_config"):
            setattr(response, "_csp_config", settings.ADMIN_CSP)  # noqa: B010 - the attribute that django-csp reads
        return super().process_response(request, response)
