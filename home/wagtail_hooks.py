from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.views.home import UserObjectsInWorkflowModerationPanel, WorkflowObjectsToModeratePanel
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from home.desk.calendar_view import CalendarView
from home.desk.check_report import CheckReport
from home.desk.listings import ContentGroup
from home.desk.panel import NeedsPanel
from home.desk.reports import EditorsMenuItem
from home.desk.review_report import ReviewReport
from home.desk.review_view import review
from home.desk.reviewing import SET_DATE, STILL_RIGHT
from home.links import hooks as links
from home.viewsets import CommunityViewSetGroup

__all__ = ["links"]

register_snippet(CommunityViewSetGroup)


TOLD_BY_NEEDS = (WorkflowObjectsToModeratePanel, UserObjectsInWorkflowModerationPanel)


@hooks.register("construct_homepage_panels")
def needs_panel(request: HttpRequest, panels: list[Any]) -> None:
    """In place of Wagtail's two panels of workflows, which ask the database anew for every row."""
    panels[:] = [panel for panel in panels if not isinstance(panel, TOLD_BY_NEEDS)]
    panels.append(NeedsPanel(request))


@hooks.register("register_admin_viewset")
def content_listings() -> ContentGroup:
    return ContentGroup()


@hooks.register("register_admin_urls")
def desk_addresses() -> list[URLPattern]:
    return [
        path("calendar/", CalendarView.as_view(), name="desk_calendar"),
        path("reports/reviews/", ReviewReport.as_view(), name="desk_reviews"),
        path("reports/reviews/results/", ReviewReport.as_view(results_only=True), name="desk_reviews_results"),
        path("reviews/<int:pk>/", review, name="desk_review"),
        path("reports/content-checks/", CheckReport.as_view(), name="desk_checks"),
        path("reports/content-checks/results/", CheckReport.as_view(results_only=True), name="desk_checks_results"),
    ]


@hooks.register("register_reports_menu_item")
def reviews_item() -> MenuItem:
    return EditorsMenuItem(_("Review dates"), reverse("desk_reviews"), name="reviews", icon_name="history", order=70)


@hooks.register("register_reports_menu_item")
def checks_item() -> MenuItem:
    return EditorsMenuItem(
        _("Content checks"), reverse("desk_checks"), name="checks", icon_name="clipboard-list", order=75
    )


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    actions.register_action(STILL_RIGHT, _("Still right"), _("Said that the page is still right"))
    actions.register_action(SET_DATE, _("Review date"), _("Set the date by which the page is to be looked at again"))


@hooks.register("register_admin_menu_item")
def calendar_item() -> MenuItem:
    return MenuItem(_("Calendar"), reverse("desk_calendar"), name="calendar", icon_name="calendar-alt", order=140)


@hooks.register("insert_global_admin_css")
def desk_styles() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', versioned_static("css/desk.css"))


@hooks.register("before_move_page")
def refuse_to_show_what_may_not_be_moved(request: HttpRequest, page: Page, destination: Page) -> None:
    """Wagtail asks for the right when the form is sent, but shows the titles, of drafts as well, to everybody."""
    if not page.permissions_for_user(request.user).can_move_to(destination):
        raise PermissionDenied
