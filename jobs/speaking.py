"""In which language a person is written to."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import translation
from wagtail.users.models import UserProfile


def language_of(person: Any) -> str:
    """Return the language that the person chose in their profile; the site's own when they chose none. One query."""
    known: str | None = getattr(person, "_speaks", None)
    if known is None:
        chosen = UserProfile.objects.filter(user=person.pk).values_list("preferred_language", flat=True).first()
        known = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        person._speaks = known
    return known


def speaking_to(person: Any) -> translation.override:
    """Activate the person's language: words and addresses made inside are in it."""
    return translation.override(language_of(person))


def speak(person: Any, language: str) -> None:
    """Keep the language of a person; nothing is kept of somebody who never had another than the site's."""
    if language != language_of(person):
        profile = UserProfile.get_for_user(person)
        profile.preferred_language = language
        profile.save(update_fields=["preferred_language"])
    person._speaks = language
