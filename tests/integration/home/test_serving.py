"""From an address to a page: found in one step, with the privacy of everything above it."""

from __future__ import annotations

import pytest
from wagtail.models import Page, PageViewRestriction

from tests.factories.home import HomePageFactory, StandardPageFactory
from tests.queries import fetch, queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def branch() -> list[Page]:
    """Four plain pages, each below the one before."""
    pages = [StandardPageFactory(parent=HomePageFactory())]
    for _depth in range(3):
        pages.append(StandardPageFactory(parent=pages[-1]))
    return pages


def private(page: Page) -> None:
    PageViewRestriction.objects.create(page_id=page.pk, restriction_type=PageViewRestriction.LOGIN)


def test_a_page_costs_the_same_however_deep_it_stands(branch):
    assert len(queries_of(fetch(branch[1].url))) == len(queries_of(fetch(branch[3].url)))


def test_a_page_is_found_below_a_draft_as_wagtail_finds_it(client, branch):
    branch[1].unpublish(set_expired=False)
    Page.objects.filter(pk=branch[3].pk).update(live=True)
    assert client.get(branch[3].url).status_code == 200


def test_a_draft_is_not_found(client, branch):
    branch[3].unpublish()
    assert client.get(branch[3].url).status_code == 404


@pytest.mark.parametrize("address", ["{}nothing-here/", "/nothing/{0}", "{0}../"])
def test_an_address_of_nothing_is_not_found(client, branch, address):
    assert client.get(address.format(branch[3].url)).status_code == 404


def test_a_page_that_was_moved_is_found_at_its_new_address(client, branch):
    branch[3].move(branch[0], pos="last-child")
    moved = Page.objects.get(pk=branch[3].pk)
    assert client.get(moved.url).status_code == 200
    assert client.get(branch[3].url)["Location"] == moved.url


@pytest.mark.parametrize("above", [0, 2, 3])
def test_a_page_below_a_private_one_is_private(client, branch, above):
    private(branch[above])
    assert client.get(branch[3].url).status_code == 302


def test_a_private_page_leaves_its_parent_and_neighbours_alone(client, branch):
    neighbour = StandardPageFactory(parent=branch[2])
    private(branch[3])
    assert [client.get(page.url).status_code for page in (branch[2], neighbour)] == [200, 200]


def test_an_alias_is_as_private_as_its_source(client, branch):
    alias = branch[0].create_alias(parent=HomePageFactory(), update_slug="elsewhere")
    assert client.get(alias.url).status_code == 200
    private(branch[0])
    assert client.get(alias.url).status_code == 302
