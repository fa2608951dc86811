"""The admin's page "Upload videos", and what its script asks for."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtailmedia.forms import format_extensions_for_accept_value
from wagtailmedia.settings import wagtailmedia_settings

from masterclasses.models import Upload, Video
from masterclasses.uploads import actions, listing, rules
from masterclasses.uploads.protocol import Refused

#: How many uploads of a person the page lists; those that have ended go from the list after a week.
LISTED = 40


class UploadPage(WagtailAdminTemplateMixin, TemplateView):
    """Several files at once, for new videos."""

    page_title: Any = gettext_lazy("Upload videos")
    header_icon = "upload"
    template_name = "masterclasses/admin/upload.html"
    video: Video | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not self.allowed():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def allowed(self) -> bool:
        return bool(self.collections)

    @cached_property
    def collections(self) -> list[Any]:
        return list(rules.collections_for(self.request.user))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        videos = {"url": reverse("wagtailmedia:index"), "label": _("Videos")}
        return [*self.breadcrumbs_items, videos, {"url": "", "label": self.page_title}]

    def listed(self) -> Any:
        return Upload.objects.for_page(self.request.user.pk).filter(replaces=None)

    def form_url(self) -> str:
        return reverse("wagtailmedia:add", args=["video"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "video": self.video,
            "collections": self.collections if self.video is None else [],
            "accept": format_extensions_for_accept_value(wagtailmedia_settings.VIDEO_EXTENSIONS),
            "max_bytes": settings.MAX_VIDEO_BYTES,
            "endings": ", ".join(ending.upper() for ending in wagtailmedia_settings.VIDEO_EXTENSIONS[:5]),
            "chunk": min(rules.CHUNK, rules.most_in_one_request()),
            "uploads": [(upload, listing.words_of(upload)) for upload in self.listed()[:LISTED]],
            "form_url": self.form_url(),
            "words": listing.script_words(),
            "keep_days": Upload.keep_for.days,
        }


class ReplacePage(UploadPage):
    """One file, in the place of the one that a video has."""

    page_title = gettext_lazy("Replace the file")

    def allowed(self) -> bool:
        self.video = get_object_or_404(Video, pk=self.kwargs["pk"])
        return rules.may_replace(self.request.user, self.video)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        *before, here = super().get_breadcrumbs_items()
        return [*before, {"url": self.form_url(), "label": str(self.video)}, here]

    def listed(self) -> Any:
        return Upload.objects.for_page(self.request.user.pk).filter(replaces=self.kwargs["pk"])

    def form_url(self) -> str:
        return reverse("wagtailmedia:edit", args=[self.kwargs["pk"]])


@require_GET
@never_cache
def state(request: HttpRequest, uuid: UUID) -> JsonResponse:
    """How one of my uploads stands, and where its video is."""
    mine = Upload.objects.for_page(request.user.pk)
    upload = get_object_or_404(mine, uuid=uuid)
    video = upload.video
    return JsonResponse(
        {
            "state": upload.state,
            "offset": upload.offset,
            "percent": upload.percent,
            "words": listing.words_of(upload),
            "title": video.title if video else upload.title,
            "edit": reverse("wagtailmedia:edit", args=[video.pk]) if video else "",
            "video_state": reverse("videos:state", args=[video.pk]) if video else "",
        }
    )


@require_POST
def discard(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Cancel an upload, or take one that has ended off the list, without a script."""
    upload = get_object_or_404(Upload, uuid=uuid, owner=request.user.pk)
    try:
        actions.discard(upload)
    except Refused as refusal:
        messages.error(request, refusal.words)
    else:
        messages.success(request, _("“%(title)s” is off the list.") % {"title": upload.title})
    if upload.replaces_id:
        return redirect("videos:replace", upload.replaces_id)
    return redirect("videos:upload_page")
