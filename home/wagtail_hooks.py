from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.views.home import UserObjectsInWorkflowModerationPanel, WorkflowObjectsToModeratePanel
from wagtail.snippets.models import register_snippet

from home.desk.calendar_view import CalendarView
from home.desk.panel import NeedsPanel
from home.viewsets import CommunityViewSetGroup

register_snippet(CommunityViewSetGroup)

TOLD_BY_NEEDS = (WorkflowObjectsToModeratePanel, UserObjectsInWorkflowModerationPanel)


@hooks.register("construct_homepage_panels")
def needs_panel(request: HttpRequest, panels: list[Any]) -> None:
    """In place of Wagtail's two panels of workflows, which ask the database anew for every row."""
    panels[:] = [panel for panel in panels if not isinstance(panel, TOLD_BY_NEEDS)]
    panels.append(NeedsPanel(request))


@hooks.register("register_admin_urls")
def desk_addresses() -> list[URLPattern]:
    return [path("calendar/", CalendarView.as_view(), name="desk_calendar")]


@hooks.register("register_admin_menu_item")
def calendar_item() -> MenuItem:
    return MenuItem(_("Calendar"), reverse("desk_calendar"), name="calendar", icon_name="calendar-alt", order=140)


@hooks.register("insert_global_admin_css")
def desk_styles() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', versioned_static("css/desk.css"))
