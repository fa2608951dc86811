"""One person in each role, with the groups that come with the portal."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from accounts.models import User
from tests.factories.accounts import AdminFactory, PersonFactory


def _member(name: str, *groups: str) -> Callable[[], User]:
    return lambda: PersonFactory.create(name=name, email=f"{name}@roles.example", groups=list(groups))


#: In the order of the table's columns; the role's short name is the head of its column.
ROLES: Mapping[str, Callable[[], User | None]] = {
    "any": lambda: None,
    "pra": _member("practitioner"),
    "edi": _member("editor", "Editors"),
    "mod": _member("moderator", "Moderators"),
    "vid": _member("video-producer", "Video producers"),
    "dig": _member("digest-editor", "Digest editors"),
    "adm": lambda: AdminFactory.create(name="admin", email="admin@roles.example"),
}
