from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.staticfiles import versioned_static

from home.desk import listings
from masterclasses import publishing
from masterclasses.desk.listings import MasterclassListing, PartListing
from masterclasses.models import PartPage
from masterclasses.status.report import may_see
from masterclasses.views import admin, remote, tus, uploads
from masterclasses.views.part_report import part_report
from masterclasses.views.report import VideoReport
from masterclasses.viewsets import QuotaViewSet

listings.register(MasterclassListing(), PartListing())

urls = [
    path("<int:pk>/state/", admin.state, name="state"),
    path("<int:pk>/retry/", admin.retry, name="retry"),
    path("<int:pk>/replace/", uploads.ReplacePage.as_view(), name="replace"),
    path("upload/", uploads.UploadPage.as_view(), name="upload_page"),
    path("uploads/", tus.UploadsView.as_view(), name="uploads"),
    path("uploads/<uuid:uuid>/", tus.UploadView.as_view(), name="upload"),
    path("uploads/<uuid:uuid>/state/", uploads.state, name="upload_state"),
    path("uploads/<uuid:uuid>/discard/", uploads.discard, name="upload_discard"),
    path("remote/<int:pk>/", remote.order, name="remote"),
    path("<int:pk>/cancel/", admin.cancel, name="cancel"),
    path("<int:pk>/poster/", admin.poster, name="poster"),
    path("parts/<int:pk>/", part_report, name="part_report"),
    path("report/", VideoReport.as_view(), name="report"),
    path("report/results/", VideoReport.as_view(results_only=True), name="report_results"),
]


@hooks.register("register_admin_urls")
def register_video_urls() -> list[URLPattern | URLResolver]:
    return [path("videos/", include((urls, "videos"), namespace="videos"))]


@hooks.register("register_admin_viewset")
def quotas() -> QuotaViewSet:
    return QuotaViewSet()


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def keep_publish_wish(request: HttpRequest, page: Any) -> None:
    """What the form was told about publishing with the video counts once the draft is stored."""
    asked = getattr(page, "asked_to_publish", None)
    if not isinstance(page, PartPage) or asked is None:
        return
    stored = PartPage.objects.select_related("latest_revision").get(pk=page.pk)
    if asked and page.video and stored.latest_revision and (stored.has_unpublished_changes or not stored.live):
        publishing.ask(part=stored, revision=stored.latest_revision, video=page.video, person=request.user)
    else:
        publishing.withdraw(page.pk)


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    asked, done = _("Publish when ready"), _("Published with its video")
    actions.register_action(publishing.ASKED, asked, _("Asked for it to be published when its video is ready"))
    actions.register_action(publishing.DONE, done, _("Published because its video was ready"))


class VideosMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_see(request.user)


@hooks.register("register_reports_menu_item")
def videos_report_item() -> MenuItem:
    return VideosMenuItem(_("Videos"), reverse("videos:report"), name="videos", icon_name="media", order=60)


@hooks.register("insert_global_admin_js")
def video_state_module() -> SafeString:
    return format_html('<script type="module" src="{}"></script>', versioned_static("js/video-state.js"))


@hooks.register("insert_editor_js")
def chapters_paste_module() -> SafeString:
    return format_html('<script type="module" src="{}"></script>', versioned_static("js/chapters-paste.js"))


@hooks.register("insert_global_admin_css")
def video_state_styles() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', versioned_static("css/video-admin.css"))
