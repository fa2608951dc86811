"""Who gets in where: every address in every role, against a checked-in table (rows 4.8 and 4.14 of the threats).

Half of Wagtail's own security fixes were a missing check at one address of its admin. `tests/roles/matrix.csv` says
what each role is answered; a new address without a row fails here, and so does a row whose address is gone. See
docs/testing.md for how rows are added.
"""

from __future__ import annotations

import os

import pytest
from django.utils.safestring import SafeString

from tests.addresses import ADMINS
from tests.roles import table
from tests.roles.asking import ask_everywhere
from tests.roles.people import ROLES
from tests.roles.world import World

pytestmark = pytest.mark.django_db

REFUSED = {"in", "no", "403", "404"}
#: Icons, the catalogue of translations, and two ways out of Django's admin to pages that ask who it is.
OPEN = {"/admin/sprite/", "/admin/jsi18n/", "/django-admin/logout/", "/django-admin/password_change/"}


@pytest.fixture
def world() -> World:
    return World({role: make() for role, make in ROLES.items()})


@pytest.fixture
def _doors_without_rooms(monkeypatch):
    """Who is let in is decided before a page is drawn: drawing all of them would take most of the time."""
    monkeypatch.setattr("django.template.base.Template._render", lambda self, context: SafeString(""))


@pytest.mark.usefixtures("_doors_without_rooms")
def test_every_address_answers_each_role_as_the_table_says(world):
    found = ask_everywhere(world)
    if os.environ.get("WRITE_ROLE_MATRIX"):
        table.write(found)

    assert table.differences(table.read(), found) == ""


def test_no_address_fails_but_the_one_that_wagtail_keeps_for_that():
    assert [row for row, said in table.read().items() if "500" in said] == [("/admin/failwhale/", "GET")]


def test_an_address_without_a_row_and_a_row_without_an_address_are_named():
    wanted, found = {("/a/", "GET"): ["200"], ("/b/", "GET"): ["in"]}, {("/b/", "GET"): ["200"], ("/c/", "GET"): ["in"]}

    said = table.differences(wanted, found).splitlines()

    assert [line.partition(":")[0] for line in said] == [
        "gone, with a row",
        "the table says",
        "the portal answers",
        "new, without a row",
    ]


def test_whoever_is_not_signed_in_gets_into_no_admin():
    into = {row for row, said in table.read().items() if row[0].startswith(ADMINS) and said[0] not in REFUSED}
    assert {address for address, _how in into} == OPEN


def test_a_practitioner_gets_into_no_admin():
    into = {row for row, said in table.read().items() if row[0].startswith(ADMINS) and said[1] not in REFUSED}
    assert {address for address, _how in into} == OPEN
