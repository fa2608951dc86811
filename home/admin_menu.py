"""Entries of the admin's menu that lead to one page, for those who may see it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet


class PermittedMenuItem(MenuItem):
    """Shown to those who have `permission`."""

    def __init__(self, *args: Any, permission: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.permission = permission

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(self.permission)


class PermittedViewSet(ViewSet):
    """Views without a model; the entry in the menu leads to the one named "index"."""

    permission: str

    @cached_property
    def menu_url(self) -> str:
        return reverse(f"{self.url_namespace}:index")

    def get_menu_item(self, order: int | None = None) -> MenuItem:
        return PermittedMenuItem(
            label=self.menu_label,
            url=self.menu_url,
            name=self.name,
            icon_name=self.icon,
            order=order or self.menu_order,
            permission=self.permission,
        )
