"""A part whose files are all there, and the words of the tests about who may have them."""

from __future__ import annotations

from django.test import Client
from wagtail.models import PageViewRestriction

from masterclasses.access import tokens
from tests.factories.masterclasses import PartPageFactory, VideoFactory, publish

LOGIN, GROUPS = PageViewRestriction.LOGIN, PageViewRestriction.GROUPS
FILES = {
    "master.m3u8": "application/vnd.apple.mpegurl",
    "360p.m3u8": "application/vnd.apple.mpegurl",
    "360p_00000.m4s": "video/iso.segment",
    "video.mp4": "video/mp4",
    "audio.m4a": "audio/mp4",
    "poster.jpg": "image/jpeg",
    "storyboard_01.jpg": "image/jpeg",
    "storyboard.vtt": "text/vtt; charset=utf-8",
}
CANARY = b"canary"


def part_with_files(**values):
    names = {name.replace(".", "_"): CANARY for name in FILES if name not in {"master.m3u8", "video.mp4", "poster.jpg"}}
    video = VideoFactory()
    publish(video, **names)
    return PartPageFactory(video=video, **values)


def restrict(page, kind=LOGIN, *groups):
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=kind)
    restriction.groups.set(groups)
    return restriction


def signed_in(user) -> Client:
    client = Client()
    if user:
        client.force_login(user)
    return client


def address(part, name="video.mp4", *, token="") -> str:
    published = part.video.published
    return f"/watch/{published.uuid}/{published.version}/{f'~{token}/' if token else ''}{name}"


def token_for(part, user) -> str:
    return tokens.sign(subject=str(part.video.published.uuid), user_pk=user.pk)


def content_of(answer) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content
