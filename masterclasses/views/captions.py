"""Captions and chapters of a part, as WebVTT for the player (docs/adr/0012)."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from masterclasses.access import viewers
from masterclasses.access.delivery import A_MOMENT, sealed
from masterclasses.captions.transcript import chapter_marks
from masterclasses.captions.writing import write_chapters
from masterclasses.models import PartCaptions, PartPage


@require_safe
def captions(request: HttpRequest, pk: int, token: str = "") -> HttpResponseBase:
    """The captions of a part in one language."""
    row = get_object_or_404(PartCaptions.objects.select_related("part"), pk=pk)
    return _webvtt(row.webvtt, public=viewers.sees_part(request, row.part, token=token))


@require_safe
def chapters(request: HttpRequest, pk: int, token: str = "") -> HttpResponseBase:
    """The chapters of a part. Without any there is no such file."""
    part = get_object_or_404(PartPage.objects.select_related("video"), pk=pk)
    public = viewers.sees_part(request, part, token=token)
    marks = chapter_marks(part.chapters.all(), part.video.duration if part.video else 0)
    if not marks:
        raise Http404
    return _webvtt(write_chapters(marks), public=public)


def _webvtt(text: str, *, public: bool) -> HttpResponseBase:
    return sealed(HttpResponse(text, content_type="text/vtt; charset=utf-8"), public=public, max_age=A_MOMENT)
