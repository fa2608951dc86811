"""No word of what is not published is at any address that a visitor is answered (row 4.9 of docs/threats.md)."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.factories.careers import ArticlePageFactory, LearningPathPageFactory
from tests.factories.home import AreaFactory
from tests.factories.masterclasses import MasterclassPageFactory, PartPageFactory
from tests.factories.restricted import restrict
from tests.roles.arguments import values_of
from tests.roles.people import ROLES
from tests.roles.routes import every_route
from tests.roles.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.searches]

SECRET = "Zinnober"
#: How the search page says what it was asked for.
ASKED = (f"q={SECRET}", f'value="{SECRET}"', f"“{SECRET}”", f"Search: {SECRET}")


@pytest.fixture
def world() -> World:
    """With one draft of each kind, a change that is not published, and a page for members."""
    world = World({role: make() for role, make in ROLES.items()})
    areas = [AreaFactory(slug="marketplace")]
    for make in (ArticlePageFactory, LearningPathPageFactory, MasterclassPageFactory):
        make(title=f"{SECRET} draft", summary=SECRET, live=False, areas=areas)
    restrict(ArticlePageFactory(title=f"{SECRET} for members", summary=SECRET, areas=areas))
    PartPageFactory(title=f"{SECRET} part", summary=SECRET, parent=world.part.get_parent(), live=False)
    world.page.title = world.page.summary = f"{SECRET} change"
    world.page.save_revision()
    return world


def test_no_word_of_a_draft_is_at_any_address_open_to_visitors(world):
    client = Client(raise_request_exception=False)
    addresses = [route.filled(values_of(route, world)) for route in every_route()]
    asked = [*addresses, *world.places().values(), f"/search/?q={SECRET}", world.part.get_parent().url]
    read = 0

    for address in asked:
        answer = client.get(address)
        text = b"".join(answer.streaming_content) if answer.streaming else answer.content
        read += answer.status_code == 200
        for own in ASKED:
            text = text.replace(own.encode(), b"")
        assert SECRET.encode() not in text, address

    assert read > 50
