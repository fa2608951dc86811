"""One person's progress, for staff who may see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careers.models import Completion
from careers.selectors import FollowedPath, completed_at, followed_by

if TYPE_CHECKING:
    from accounts.models import User

SHORTEST_SEARCH = 3
MOST_FOUND = 20


@dataclass(frozen=True)
class PathOfAPerson:
    followed: FollowedPath
    sentence: str


def find_people(words: str) -> QuerySet[Any] | None:
    """People whose name or address has these words in it; None for a search that is too short."""
    words = words.replace("\x00", "").strip()
    if len(words) < SHORTEST_SEARCH:
        return None
    people = get_user_model().objects.filter(Q(name__icontains=words) | Q(email__icontains=words))
    return people.order_by("name", "email", "pk")[:MOST_FOUND]


def paths_of(person: User) -> list[PathOfAPerson]:
    return [PathOfAPerson(followed, sentence_on(followed)) for followed in followed_by(person, completed_at(person))]


def sentence_on(followed: FollowedPath) -> str:
    """Where the person stands, in a sentence."""
    progress = followed.progress
    if progress.finished:
        return _("Finished.")
    left = progress.total - progress.done
    words = ngettext("%(left)d required step is left.", "%(left)d required steps are left.", left) % {"left": left}
    if progress.next_step is None:
        return words
    return _("%(left)s The next one is “%(title)s”.") % {"left": words, "title": progress.next_step.page.title}


def completions_of(person: User) -> QuerySet[Completion]:
    return Completion.objects.of(person).select_related("page").newest()
