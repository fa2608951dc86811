"""The admin's home page says what needs the person who opens it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail.admin.ui.components import Component

from home.desk.needs import needs_of


class NeedsPanel(Component):
    name = "needs"
    template_name = "home/admin/needs.html"
    order = 50

    def __init__(self, request: HttpRequest) -> None:
        self.person: Any = request.user

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        needs = needs_of(self.person)
        return {
            **context,
            "asking": [need for need in needs if need.asks],
            "to_know": [need for need in needs if not need.asks],
        }
