"""The doors for the remote encoder: its webhook, and the source of a job that it was given."""

from __future__ import annotations

import logging

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jobs.actions import ENDED
from masterclasses.models import RemoteJob
from masterclasses.remote import events, signing
from masterclasses.remote.encoder import encode_here
from masterclasses.remote.receiving import Heard, receive
from masterclasses.remote.tidying import drop_unknown

logger = logging.getLogger(__name__)
MOST_BYTES = 1024**2


@csrf_exempt
@require_POST
@never_cache
def webhook(request: HttpRequest) -> HttpResponse:
    """One event. What is signed and understood is answered with 200, or 202 while its job is unknown."""
    if not settings.REMOTE_ENCODER_SECRETS:
        raise Http404
    if announced_bytes(request) > MOST_BYTES:
        return say(413, "An event has at most 1 MB.")
    try:
        signing.check(request.body, request.headers)
    except signing.BadSignature:
        return say(401, "The signature does not fit, or is not of the last five minutes.")
    try:
        event = events.parse(request.headers["webhook-id"], request.body)
    except ValidationError as error:
        logger.warning("The remote encoder sent what is no event: %s", error.messages[0])
        return say(400, error.messages[0])
    heard = receive(event)
    if heard == Heard.UNKNOWN:
        drop_unknown()
        return say(202, "No such job is known yet.")
    return say(200, heard.value)


def announced_bytes(request: HttpRequest) -> int:
    """How large the body says it is: a larger one is refused before it is read. Nothing is read beyond it."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isdecimal() else 0


def say(status: int, words: str) -> HttpResponse:
    return HttpResponse(f"{words}\n", status=status, content_type="text/plain; charset=utf-8")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """An order in the admin, and the way out of one that has ended without a result: to encode here."""
    job = get_object_or_404(RemoteJob.objects.select_related("transcode__video"), pk=pk)
    video = job.transcode.video
    if not video.is_editable_by_user(request.user):
        raise PermissionDenied
    if request.method != "POST":
        context = {"job": job, "video": video, "can_encode_here": job.transcode.status in ENDED}
        return render(request, "masterclasses/admin/remote_job.html", context)
    if encode_here(job.transcode):
        messages.success(request, _("“%(title)s” will be encoded here.") % {"title": video.title})
    else:
        messages.info(request, _("“%(title)s” does not need to be encoded again.") % {"title": video.title})
    return redirect("wagtailmedia:edit", video.pk)


@require_safe
def source(request: HttpRequest, token: str) -> HttpResponseBase:
    """The video of a job that is under way, for whoever was given its address by us."""
    uuid = signing.job_of(token)
    if uuid is None:
        raise Http404
    job = get_object_or_404(RemoteJob.objects.open().select_related("transcode"), uuid=uuid, here=False)
    if not job.transcode.is_parked or not default_storage.exists(job.transcode.source_name):
        raise Http404
    response = FileResponse(default_storage.open(job.transcode.source_name), content_type="application/octet-stream")
    patch_cache_control(response, private=True, no_store=True)
    return response
