"""Careers in Wagtail's admin: what readers said, how paths fare and what is checked, one person's progress."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.widgets.button import Button

from careers.credentials import hooks as certificates
from careers.desk.listings import ArticleListing, PathListing, ResourceListing
from careers.feedback import ANSWERED, REOPENED, RESOLVED
from careers.models import LearningPathPage
from careers.views import explain_admin, path_reports, path_review, people, report
from careers.views.path_check import PathCheckReport
from careers.wordpress import hooks as wordpress
from home.admin_menu import PermittedMenuItem
from home.desk import listings
from home.desk.reports import EditorsMenuItem

__all__ = ["certificates", "wordpress"]

listings.register(ArticleListing(), ResourceListing(), PathListing())

SEE_FEEDBACK = "careers.view_feedback"
PERMISSIONS = ("view_feedback", "change_feedback", "see_path_reports", "see_persons_progress")


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    feedback, paths = report.FeedbackReport, path_reports.PathsReport
    return [
        path("reports/feedback/", feedback.as_view(), name="careers_feedback_report"),
        path("reports/feedback/results/", feedback.as_view(results_only=True), name="careers_feedback_report_results"),
        path("reports/feedback/<int:pk>/", report.one_feedback, name="careers_feedback"),
        path("reports/feedback/<int:pk>/resolve/", report.resolve, name="careers_feedback_resolve"),
        path("reports/feedback/<int:pk>/reopen/", report.reopen, name="careers_feedback_reopen"),
        path("reports/paths/", paths.as_view(), name="careers_paths_report"),
        path("reports/paths/results/", paths.as_view(results_only=True), name="careers_paths_report_results"),
        path("reports/paths/<int:pk>/", path_reports.path_report, name="careers_path_report"),
        path("reports/people/", people.find_person, name="careers_people"),
        path("reports/people/<int:pk>/", people.one_person, name="careers_person"),
        path("reports/people/<int:pk>/why/", explain_admin.explain_to_staff, name="careers_person_why"),
    ]


@hooks.register("register_reports_menu_item")
def feedback_menu_item() -> MenuItem:
    return PermittedMenuItem(
        _("Was this helpful?"),
        reverse("careers_feedback_report"),
        name="feedback",
        icon_name="help",
        order=100,
        permission=SEE_FEEDBACK,
    )


@hooks.register("register_reports_menu_item")
def paths_menu_item() -> MenuItem:
    return PermittedMenuItem(
        _("Learning paths"),
        reverse("careers_paths_report"),
        name="learning-paths",
        icon_name="list-ol",
        order=80,
        permission=path_reports.SEE_REPORTS,
    )


@hooks.register("register_reports_menu_item")
def people_menu_item() -> MenuItem:
    return PermittedMenuItem(
        _("A person's progress"),
        reverse("careers_people"),
        name="persons-progress",
        icon_name="user",
        order=90,
        permission=people.SEE_PROGRESS,
    )


@hooks.register("register_permissions")
def permissions() -> QuerySet[Permission]:
    """Let an owner give them to a group."""
    return Permission.objects.filter(content_type__app_label="careers", codename__in=PERMISSIONS)


@hooks.register("register_page_listing_more_buttons")
@hooks.register("register_page_header_buttons")
def path_report_button(page: Any, user: Any, *_where: Any, **_more: Any) -> Iterator[Button]:
    if page.specific_class is LearningPathPage and user.has_perm(path_reports.SEE_REPORTS):
        yield Button(_("Report"), reverse("careers_path_report", args=[page.pk]), icon_name="list-ol", priority=60)


@hooks.register("register_user_listing_buttons")
def progress_button(user: Any, request_user: Any) -> Iterator[Button]:
    if request_user.has_perm(people.SEE_PROGRESS):
        yield Button(_("Progress"), reverse("careers_person", args=[user.pk]), icon_name="user", priority=30)


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    actions.register_action(ANSWERED, _("Answer feedback"), _("Answered what a reader said"))
    actions.register_action(RESOLVED, _("Resolve feedback"), _("Resolved what a reader said"))
    actions.register_action(REOPENED, _("Reopen feedback"), _("Reopened what a reader said"))


@hooks.register("register_admin_urls")
def path_check_urls() -> list[URLPattern]:
    check = PathCheckReport
    return [
        path("reports/path-check/", check.as_view(), name="careers_path_check"),
        path("reports/path-check/results/", check.as_view(results_only=True), name="careers_path_check_results"),
        path("paths/<int:pk>/review/", path_review.path_review, name="careers_path_review"),
        path("paths/<int:pk>/publish/", path_review.publish_path, name="careers_path_publish"),
    ]


@hooks.register("register_reports_menu_item")
def path_check_menu_item() -> MenuItem:
    address = reverse("careers_path_check")
    return EditorsMenuItem(_("Path check"), address, name="path-check", icon_name="list-ol", order=90)


hooks.register("before_publish_page", path_review.ask_before_publishing)
hooks.register("after_create_page", path_review.say_what_is_found)
hooks.register("after_edit_page", path_review.say_what_is_found)


@hooks.register("insert_editor_js")
def path_modules() -> SafeString:
    tag = '<script type="module" src="{}"></script>'
    return format_html_join("", tag, ((versioned_static(f"js/{name}.js"),) for name in ("stages-above", "path-review")))


@hooks.register("insert_global_admin_css")
def path_styles() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', versioned_static("css/path-admin.css"))
