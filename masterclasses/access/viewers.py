"""One visitor before one video: may they watch it, and under which addresses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest
from wagtail.models import Page

from masterclasses.access import tokens
from masterclasses.access.memory import rule_of, rule_of_page
from masterclasses.access.rules import Rule, rule_of_pages

ADDRESSES = ("hls", "mp4", "poster", "audio", "storyboard")


def is_public(video_id: int) -> bool:
    """Whether anybody may watch a video: some page that anybody may see shows it."""
    return rule_of(video_id).public


def may_watch(request: HttpRequest, rule: Rule, *, subject: str, token: str, editable: Any) -> bool:
    """Whether the visitor of a file that is not public gets it.

    With a token its time, its subject and its person count, and the rule is asked again. Without one, only whoever may
    edit what is shown: the admin's own pages use plain addresses. `editable` is called with the user.
    """
    user = request.user
    if not user.is_authenticated:
        return False
    if token and not tokens.holds(token, subject=subject, user_pk=user.pk):
        return False
    return bool((token and rule.admits(user)) or editable(user))


def sees_part(request: HttpRequest, part: Page, *, token: str = "") -> bool:
    """Whether what belongs to a part (captions, chapters) may be kept by anybody.

    Raises Http404 when this visitor may not have it at all.
    """
    rule = rule_of_pages([part])
    if rule.public and not token:
        return True
    editable = partial(may_edit_page, page=part)
    if not may_watch(request, rule, subject=f"part-{part.pk}", token=token, editable=editable):
        raise Http404
    return False


def may_edit_page(user: Any, page: Page) -> bool:
    return bool(page.permissions_for_user(user).can_edit())


def addresses_for(request: HttpRequest, video: Any) -> Any:
    """The video's playback with addresses that work for this visitor: plain ones, or signed ones on restricted pages.

    Only who has been let in by Wagtail is asked about here; a public video does not look at the visitor at all.
    """
    playback = video.playback
    if not playback.mp4 or is_public(video.pk) or not request.user.is_authenticated:
        return playback
    token = tokens.sign(subject=playback.encode, user_pk=request.user.pk)
    return replace(playback, **{name: with_token(getattr(playback, name), token) for name in ADDRESSES})


def captions_addresses(request: HttpRequest, page: Page, addresses: Sequence[str]) -> Sequence[str]:
    """The addresses of a part's captions for this visitor: they are as public as the page."""
    if not addresses or rule_of_page(page).public or not request.user.is_authenticated:
        return addresses
    token = tokens.sign(subject=f"part-{page.pk}", user_pk=request.user.pk)
    return [with_token(address, token) for address in addresses]


def with_token(address: str, token: str) -> str:
    """The address with the token before its last step; empty stays empty."""
    folder, _, name = address.rpartition("/")
    return f"{folder}/~{token}/{name}" if address else ""
