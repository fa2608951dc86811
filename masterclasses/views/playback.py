"""What a player asks for: playlists, segments, MP4 and sound files, stills (docs/adr/0012)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from masterclasses.access import viewers
from masterclasses.access.delivery import deliver
from masterclasses.access.memory import kept
from masterclasses.access.rules import Rule, rule_of_video
from masterclasses.models import Transcode, Video

#: The names that an encode can make; nothing else in its folder, and no other folder, is ever opened.
NAME = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)*\.(m3u8|m4s|mp4|m4a|jpg|vtt)", re.ASCII)


@dataclass(frozen=True)
class Published:
    """What an address of an encode leads to."""

    home: str
    video_id: int
    rule: Rule


@require_safe
def file(request: HttpRequest, uuid: UUID, version: UUID, name: str, token: str = "") -> HttpResponseBase:
    """One file of a published encode, whole or one range of it.

    An earlier version of the same encode is there for those who began to watch it, until it is tidied away.
    """
    if not NAME.fullmatch(name):
        raise Http404
    encode = kept(f"encode:{uuid}", partial(published, uuid))
    public = encode.rule.public and not token
    editable = partial(_may_edit_video, encode.video_id)
    if not public and not viewers.may_watch(request, encode.rule, subject=str(uuid), token=token, editable=editable):
        raise Http404
    return deliver(request, f"{encode.home}/{version}/{name}", public=public)


def published(uuid: UUID) -> Published:
    """Raises Http404 for an encode that has not been published."""
    row = get_object_or_404(Transcode.objects.exclude(folder=""), uuid=uuid)
    return Published(row.home, row.video_id, rule_of_video(row.video_id))


def _may_edit_video(pk: int, user: Any) -> bool:
    """Whoever may edit the video, or a page that shows it: the page's preview plays it."""
    video = Video.objects.filter(pk=pk).first()
    if video is None:
        return False
    return bool(video.is_editable_by_user(user)) or any(viewers.may_edit_page(user, part) for part in video.parts.all())
