"""One person's progress, for staff who may see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet

from careers.models import Completion
from careers.progress.explaining_paths import explain_progress
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
    """The paths of a person, each with the sentence that they read themself: `careers.progress.explaining`."""
    followed = followed_by(person, completed_at(person))
    return [PathOfAPerson(each, explain_progress(each.progress)) for each in followed]


def completions_of(person: User) -> QuerySet[Completion]:
    return Completion.objects.of(person).select_related("page").newest()
