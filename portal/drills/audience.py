"""A film to watch, and people in front of it who are signed in."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from wagtail.models import Site

from masterclasses.models import MasterclassesPage, MasterclassPage, PartPage, Video
from portal.drills.viewers import LENGTH


@dataclass(frozen=True)
class Seat:
    """Somebody's id, and what a browser in which they are signed in sends along."""

    person: int
    headers: dict[str, str]


def make_part() -> PartPage:
    """Return a published part with a video of which there is only the row."""
    home = Site.objects.get(is_default_site=True).root_page
    listing = home.add_child(instance=MasterclassesPage(title="Drill"))
    series = listing.add_child(instance=MasterclassPage(title="Drill", summary="For a drill."))
    video = Video.objects.create(title="Drill", type="video", file="videos/sources/drill.mp4", duration=LENGTH)
    part: PartPage = series.add_child(instance=PartPage(title="Drill", summary="For a drill.", video=video))
    return part


def make_seats(count: int) -> list[Seat]:
    people = [get_user_model().objects.create_user(email=f"viewer{n}@localhost.localdomain") for n in range(count)]
    return [Seat(person.pk, _signed_in(person)) for person in people]


def _signed_in(person: object) -> dict[str, str]:
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(person.pk)  # type: ignore[attr-defined] # any user model
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()  # type: ignore[attr-defined] # any user model
    store.save()
    token = secrets.token_hex(16)
    cookies = f"{settings.SESSION_COOKIE_NAME}={store.session_key}; {settings.CSRF_COOKIE_NAME}={token}"
    return {"Cookie": cookies, "X-CSRFToken": token, "Content-Type": "application/json"}
