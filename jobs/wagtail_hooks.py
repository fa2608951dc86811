"""Where the Jobs page and the notices stand in Wagtail's admin."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from jobs import urls
from jobs.account import NoticePreferencePanel
from jobs.panels import UnreadNoticesPanel
from jobs.selectors import unread_notices


class JobsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("jobs.view_jobs")


class NoticesMenuItem(MenuItem):
    """Says how many are unread."""

    def render_component(self, request: HttpRequest) -> Any:
        component = super().render_component(request)
        if unread := unread_notices(request.user.pk or 0):
            component.label = f"{self.label} ({unread})"
        return component


@hooks.register("register_admin_urls")
def addresses() -> list[URLResolver]:
    return [path("", include(urls))]


@hooks.register("register_admin_menu_item")
def notices_item() -> MenuItem:
    return NoticesMenuItem(_("Notices"), reverse("jobs:notices"), name="notices", icon_name="mail", order=150)


@hooks.register("register_reports_menu_item")
def jobs_item() -> MenuItem:
    return JobsMenuItem(_("Jobs"), reverse("jobs:list"), name="jobs", icon_name="tasks", order=50)


@hooks.register("register_permissions")
def permissions() -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label="jobs", codename__in=("view_jobs", "retry_job"))


@hooks.register("construct_homepage_panels")
def unread_notices_panel(request: HttpRequest, panels: list[Any]) -> None:
    panel = UnreadNoticesPanel(request)
    if panel.notices:
        panels.append(panel)


@hooks.register("register_account_settings_panel")
def notice_preference_panel(request: HttpRequest, user: Any, profile: Any) -> NoticePreferencePanel:
    return NoticePreferencePanel(request, user, profile)
