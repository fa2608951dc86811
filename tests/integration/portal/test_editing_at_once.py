"""Wagtail's notice that somebody else has the same page open, for the types that our editors share."""

from __future__ import annotations

import re

import pytest

from tests.factories.accounts import PersonFactory, browser_of
from tests.factories.careers import ArticlePageFactory, LearningPathPageFactory
from tests.factories.digests import new_article
from tests.factories.editions import edition_with
from tests.factories.home import HomePageFactory
from tests.factories.masterclasses import MasterclassPageFactory, PartPageFactory

pytestmark = pytest.mark.django_db
FACTORIES = [ArticlePageFactory, MasterclassPageFactory, PartPageFactory, LearningPathPageFactory]


@pytest.fixture(params=[*FACTORIES, "edition"], ids=lambda param: getattr(param, "__name__", param))
def address(request):
    HomePageFactory()
    if request.param == "edition":
        return f"/admin/editions/edit/{edition_with(new_article()).pk}/"
    return f"/admin/pages/{request.param().pk}/edit/"


def open_in(browser, address):
    """Return where the page that is open tells Wagtail that it still is."""
    page = browser.get(address).content.decode()
    return re.search(r'data-w-swap-src-value="([^"]+editing-sessions/[^"]+)"', page)[1]


def test_the_second_who_opens_it_is_told_of_the_first_and_the_first_of_the_second(address):
    hannah, amara = (PersonFactory(name=name, groups=["Editors", "Digest editors"]) for name in ("Hannah", "Amara"))
    pings = {person: open_in(browser_of(person), address) for person in (hannah, amara)}

    for person, other in ((hannah, amara), (amara, hannah)):
        answer = browser_of(person).post(pings[person])
        assert other.name in answer.json()["html"]
        assert person.name not in answer.json()["html"]
