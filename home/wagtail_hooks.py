from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.views.home import UserObjectsInWorkflowModerationPanel, WorkflowObjectsToModeratePanel
from wagtail.snippets.models import register_snippet

from home.desk.panel import NeedsPanel
from home.viewsets import CommunityViewSetGroup

register_snippet(CommunityViewSetGroup)

TOLD_BY_NEEDS = (WorkflowObjectsToModeratePanel, UserObjectsInWorkflowModerationPanel)


@hooks.register("construct_homepage_panels")
def needs_panel(request: HttpRequest, panels: list[Any]) -> None:
    """In place of Wagtail's two panels of workflows, which ask the database anew for every row."""
    panels[:] = [panel for panel in panels if not isinstance(panel, TOLD_BY_NEEDS)]
    panels.append(NeedsPanel(request))


@hooks.register("insert_global_admin_css")
def desk_styles() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', versioned_static("css/desk.css"))
