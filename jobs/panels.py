"""The admin's home page: what happened that I have not seen."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from wagtail.admin.ui.components import Component

from jobs.models import Notice


class UnreadNoticesPanel(Component):
    name = "unread_notices"
    template_name = "jobs/unread_notices_panel.html"
    order = 90
    shown = 5

    def __init__(self, request: HttpRequest) -> None:
        user = request.user
        mine = Notice.objects.none()
        if not isinstance(user, AnonymousUser):
            mine = Notice.objects.filter(recipient=user, read_at=None)
        self.notices = list(mine[: self.shown + 1])

    def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        return {
            **context,
            "request": parent_context and parent_context.get("request"),
            "csrf_token": parent_context and parent_context.get("csrf_token"),
            "notices": self.notices[: self.shown],
            "more": len(self.notices) > self.shown,
        }
