"""States and addresses of videos for templates."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import cast

from django import template
from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template import Context
from django.urls import reverse
from django.utils.translation import get_language_info

from masterclasses import selectors
from masterclasses.access import viewers
from masterclasses.models import PartCaptions, PartPage, Video
from masterclasses.models.video import Playback
from masterclasses.status.state import VideoState

register = template.Library()
HLS_MODULE = "hls.js/hls.min.mjs"
TUS_CLIENT = "tus-js-client/tus.min.js"


@register.simple_tag
def video_state(video: Video) -> VideoState:
    return selectors.state_of(video)


@register.simple_tag
def video_states(videos: Iterable[Video]) -> dict[int, VideoState]:
    """The states of all videos of a listing at once, for `{{ states|state_for:video }}`."""
    return selectors.states_of(videos)


@register.simple_tag
def video_stills(video: Video) -> list[selectors.Still]:
    return selectors.stills_of(video)


@register.filter
def state_for(states: dict[int, VideoState], video: Video) -> VideoState | None:
    return states.get(video.pk)


@register.simple_tag
def hls_module_url() -> str:
    """The address of hls.js where npm has installed it, else empty: then browsers play native HLS or MP4."""
    return staticfiles_storage.url(HLS_MODULE) if _is_installed(HLS_MODULE, settings.DEBUG) else ""


@register.simple_tag
def tus_client_url() -> str:
    """The address of tus-js-client where npm has installed it, else empty: then the ordinary form serves."""
    return staticfiles_storage.url(TUS_CLIENT) if _is_installed(TUS_CLIENT, settings.DEBUG) else ""


@lru_cache(maxsize=4)
def _is_installed(name: str, _debug: bool) -> bool:
    return finders.find(name) is not None


@register.simple_tag(takes_context=True)
def playback_for_visitor(context: Context, video: Video) -> Playback:
    """The addresses under which whoever asks for this page gets the video's files."""
    return cast(Playback, viewers.addresses_for(context["request"], video))


@register.simple_tag(takes_context=True)
def captions_for_visitor(context: Context, part: PartPage) -> list[tuple[PartCaptions, str]]:
    """The captions of a part that are stored, each with its address for whoever asks."""
    stored = [row for row in part.captions.all() if row.pk]
    plain = [reverse("masterclasses:captions", args=[row.pk]) for row in stored]
    return list(zip(stored, viewers.captions_addresses(context["request"], part, plain), strict=True))


@register.filter
def split_words(words: str) -> list[str]:
    return words.split()


@register.filter
def language_label(code: str) -> str:
    """The language in its own words, as `<track label>` wants it: de → Deutsch."""
    try:
        return str(get_language_info(code)["name_local"])
    except KeyError:
        return code
