"""Asks an address as somebody, and says in three letters what the answer was. Nothing that is done stays done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from http.cookies import SimpleCookie
from typing import Any

from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client

from accounts.models import User
from tests.roles.arguments import values_of
from tests.roles.people import ROLES
from tests.roles.routes import Route, every_route
from tests.roles.world import World

SIGN_IN = ("/accounts/login/", "/accounts/reauthenticate/", "/admin/login/", "/django-admin/login/")
#: Where Wagtail sends whoever may not do what they asked for.
HOME = "/admin/"
Row = tuple[str, str]


def ask_everywhere(world: World) -> dict[Row, list[str]]:
    """The answers by address and method, in the order of the roles."""
    asked = [Asker(world.people[role]) for role in ROLES]
    return {
        (address, method): [asker.ask(method, path) for asker in asked]
        for address, path, methods in _addresses(world)
        for method in methods
    }


def _addresses(world: World) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for route in every_route():
        yield route.address, route.filled(values_of(route, world)), methods_of(route)
    for address, path in world.places().items():
        yield address, path, ("GET",)


def methods_of(route: Route) -> tuple[str, ...]:
    """GET for all, and POST for ours, unless the view is a class that knows none."""
    return ("GET", "POST") if route.is_ours and route.takes_posts else ("GET",)


class Asker:
    """A browser of one person, each time as it was before the first question."""

    def __init__(self, person: User | None) -> None:
        self.client = Client(raise_request_exception=False)
        if person:
            self.client.force_login(person)
        self.cookies = {name: morsel.value for name, morsel in self.client.cookies.items()}

    def ask(self, method: str, path: str, data: Mapping[str, Any] | None = None) -> str:
        self.client.cookies = SimpleCookie(self.cookies)
        if method == "POST":
            cache.clear()  # or the limits of attempts would answer
        before = transaction.savepoint()
        try:
            answer: Any = self.client.generic(method, path, **_form(method))
            if answer.streaming:
                b"".join(answer.streaming_content)  # which ends it without ending the test's connection
            return in_short(answer)
        finally:
            transaction.savepoint_rollback(before)
            transaction.set_rollback(False)
            connection.run_on_commit.clear()


def _form(method: str) -> dict[str, Any]:
    return {"content_type": "application/x-www-form-urlencoded"} if method == "POST" else {}


def in_short(answer: Any) -> str:
    """`in` for being asked to sign in, `no` for Wagtail's refusal, else the status."""
    location = answer.get("Location", "")
    if location.startswith(SIGN_IN):
        return "in"
    return "no" if location == HOME and answer.status_code == 302 else str(answer.status_code)
