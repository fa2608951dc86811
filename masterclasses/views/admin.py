"""The state of a video for the people who look after it, and their retry."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin.utils import get_valid_next_url_from_request

from masterclasses import actions, selectors
from masterclasses.models import Video


@require_GET
@never_cache
def state(request: HttpRequest, pk: int) -> JsonResponse:
    """The state as data, and as the HTML that pages of the admin show."""
    video = _editable(request, pk)
    now = selectors.state_of(video)
    html = render_to_string("masterclasses/admin/state.html", {"video": video, "state": now}, request=request)
    return JsonResponse(
        {
            "state": now.code,
            "percent": now.percent,
            "place": now.place,
            "reason": now.reason,
            "short": now.short,
            "words": now.words,
            "when": now.when,
            "open": now.open,
            "html": html,
        }
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Asked for by a link, say from a mail, it only asks back: programs that look into mails start nothing."""
    video = _editable(request, pk)
    if request.method != "POST":
        context = {"video": video, "state": selectors.state_of(video)}
        return render(request, "masterclasses/admin/retry.html", context)
    if again(video, rung=request.POST.get("rung", "")):
        messages.success(request, _("“%(title)s” will be encoded again.") % {"title": video.title})
    else:
        messages.info(request, _("“%(title)s” does not need to be encoded again.") % {"title": video.title})
    return redirect(get_valid_next_url_from_request(request) or reverse("wagtailmedia:edit", args=[video.pk]))


def again(video: Video, *, rung: str) -> bool:
    """All of the video, or one size of what is published."""
    if not rung:
        return actions.retry_transcode(video)
    newest = video.transcodes.order_by("-pk").first()
    return newest is not None and actions.retry_rung(newest, rung)


@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    video = _editable(request, pk)
    if actions.cancel_transcodes(video, reason=_("Cancelled by %(person)s.") % {"person": request.user}):
        messages.success(request, _("“%(title)s” is not encoded any further.") % {"title": video.title})
    else:
        messages.info(request, _("Nothing of “%(title)s” was being encoded.") % {"title": video.title})
    return redirect(get_valid_next_url_from_request(request) or reverse("wagtailmedia:edit", args=[video.pk]))


@require_POST
def poster(request: HttpRequest, pk: int) -> HttpResponse:
    video = _editable(request, pk)
    try:
        actions.choose_poster(video, request.POST.get("poster", ""))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Visitors of “%(title)s” see the picture that you chose.") % {"title": video.title})
    return redirect("wagtailmedia:edit", video.pk)


def _editable(request: HttpRequest, pk: int) -> Video:
    video = get_object_or_404(Video, pk=pk)
    if not video.is_editable_by_user(request.user):
        raise PermissionDenied
    return video
