"""Our own pages of the admin, with one row of everything in them: clean by axe in both themes, wide and narrow."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from careers.tasks import import_wordpress
from careers.wordpress.actions import begin
from digests.models import Edition
from home.models import WebLink
from tests import wxr
from tests.browser.looking import in_admin
from tests.browser.test_every_screen import carry_session
from tests.factories.accounts import freshly_signed_in
from tests.roles.people import ROLES
from tests.roles.world import World

SCREENS = [
    "/admin/",
    "/admin/calendar/",
    "/admin/calendar/?view=list",
    "/admin/articles/",
    "/admin/masterclasses/",
    "/admin/wordpress-import/",
    "/admin/reports/links/",
    "/admin/reports/content-checks/",
    "/admin/reports/reviews/",
    "/admin/reports/path-check/",
    "/admin/reports/paths/",
    "/admin/reports/people/",
    "/admin/reports/feedback/",
    "/admin/editions/",
    "/admin/digest-figures/",
    "/admin/digest-log/",
    "/admin/digests/runs/",
    "/admin/videos/report/",
    "/admin/videos/upload/",
]


@pytest.fixture
def world(live_server, page):
    world = World({role: make() for role, make in ROLES.items()})
    carry_session(page, live_server.url, freshly_signed_in(world.people["adm"]))
    return world


def problems(page, base: str, addresses: list[str]) -> list[str]:
    wrong = []
    for address in addresses:
        answer = page.goto(base + address)
        wrong += [f"{address}: answered {answer.status}"] if answer.status != 200 else []
        wrong += [f"{address}: {words}" for words in in_admin(page)]
    return wrong


def test_the_desk_its_lists_and_its_reports(page, live_server, world):
    assert problems(page, live_server.url, SCREENS) == []


def test_one_import_one_link_and_one_edition(page, live_server, world):
    batch = begin(file=ContentFile(wxr.export(), "export.xml"), by=None, fetch_pictures=False)
    import_wordpress(batch.pk)
    link = world.of(WebLink)
    WebLink.objects.filter(pk=link.pk).update(verdict=WebLink.Verdict.MOVED, moved_to="https://b.example/")
    link.places.create(page=world.page, source=f"page:{world.page.pk}", title=world.page.title, field="body")
    addresses = [batch.admin_url(), link.admin_url(), reverse("editions:edit", args=[world.of(Edition).pk])]

    assert problems(page, live_server.url, addresses) == []
