"""Walks over every address of the portal: who gets in, what may be cached, where links may lead."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.addresses import ADMINS, admin_addresses, all_addresses
from tests.factories.accounts import PASSWORD, AdminFactory, PersonFactory, browser_of, sign_in

pytestmark = pytest.mark.django_db

#: No person's data in it: the sprite of icons and the catalogue of translations.
OPEN_IN_ADMIN = {"/admin/sprite/", "/admin/jsi18n/"}
#: RFC 8058 wants the one-click address to work without cookies and without a token; its signed link stands in.
ONE_CLICK = ("/digest/u/", "/watch/f/")
#: Called by machines, which sign what they send.
SIGNED = ("/watch/remote/", "/digest/events/")
WITHOUT_CSRF = (*ONE_CLICK, *SIGNED)
#: Wagtail's own APIs for its choosers: read-only, and the REST framework checks the token of a session itself.
READ_ONLY_API = "/admin/api/"
#: Pages that ask who it is.
TO_SIGN_IN = ("/accounts/", "/admin/login/", "/django-admin/login/")
#: Leads to the front of Django's admin, which asks as well.
SIGNED_OUT = "/django-admin/logout/"
PERSONAL = ("/accounts/", "/learning/", *ADMINS)

SAFE = ["/learning/", "/accounts/profile/?a=1", "/admin/"]
HOSTILE = [
    "//evil.test",
    "///evil.test",
    "////evil.test/%2f..",
    "/\\evil.test",
    "\\\\evil.test",
    "/\\/evil.test",
    "https:evil.test",
    "https:/evil.test",
    "https://evil.test/",
    "HTTPS://evil.test",
    "http://localhost@evil.test/",
    "http://localhost.evil.test/",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    " //evil.test",
    "\t//evil.test",
    "\n//evil.test",
    "ftp://localhost/",
    "http:///evil.test",
]


def test_the_walk_finds_the_addresses_it_is_about():
    paths = {address.path for address in all_addresses()}
    assert {"/admin/", "/admin/pages/", "/django-admin/", "/accounts/login/", "/accounts/profile/"} <= paths
    assert len(admin_addresses()) > 150


def test_a_visitor_gets_into_no_admin_address():
    client = Client()
    for path in admin_addresses():
        response = client.get(path)
        if path in OPEN_IN_ADMIN:
            assert response.status_code == 200, path
        else:
            assert response.status_code in {302, 301, 403, 404}, path
            location = response.get("Location")
            assert location is None or location.startswith(TO_SIGN_IN) or path == SIGNED_OUT, (path, location)


def test_a_practitioner_gets_into_no_admin_address():
    client = browser_of(PersonFactory())
    for path in admin_addresses():
        response = client.get(path)
        assert response.status_code != 200 or path in OPEN_IN_ADMIN, path


@pytest.mark.parametrize(
    "door", ["/admin/", "/django-admin/", "/admin/login/?next=/admin/pages/", "/django-admin/login/"]
)
def test_a_practitioner_at_an_admin_door_is_told_so_and_not_sent_round(door):
    response = browser_of(PersonFactory()).get(door, follow=True)
    assert response.status_code == 403
    assert len(response.redirect_chain) <= 1


ROLES = {
    "visitor": lambda: None,
    "practitioner": PersonFactory,
    "editor": lambda: PersonFactory(groups=["Editors"]),
    "moderator": lambda: PersonFactory(groups=["Moderators"]),
    "admin": AdminFactory,
}
ALLOWED = {
    "/admin/": {"editor", "moderator", "admin"},
    "/admin/account/": {"editor", "moderator", "admin"},
    "/admin/pages/": {"editor", "moderator", "admin"},
    "/admin/images/": {"editor", "moderator", "admin"},
    "/admin/media/": {"editor", "moderator", "admin"},
    "/admin/users/": {"admin"},
    "/admin/groups/": {"admin"},
    "/admin/sites/": {"admin"},
    "/admin/redirects/": {"moderator", "admin"},
    "/django-admin/": {"admin"},
    "/django-admin/accounts/user/": {"admin"},
    "/accounts/profile/": {"practitioner", "editor", "moderator", "admin"},
}


@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_in_where_it_belongs_and_nowhere_else(role):
    client = browser_of(ROLES[role]())
    let_in = {path for path in ALLOWED if client.get(path).status_code == 200}
    assert let_in == {path for path, roles in ALLOWED.items() if role in roles}


def test_every_unsafe_request_without_a_token_is_refused():
    person = AdminFactory()
    for address in all_addresses():
        if address.path.startswith(WITHOUT_CSRF):
            continue
        client = Client(enforce_csrf_checks=True)
        client.force_login(person)
        status = client.post(address.path).status_code
        assert status in {403, 404, 405}, f"{address.path} answers {status} to a POST without a token"


def test_views_without_csrf_are_those_of_rfc_8058_and_of_signed_events_and_no_others():
    exempt = {address.path for address in all_addresses() if getattr(address.view, "csrf_exempt", False)}
    assert [path for path in exempt if not path.startswith((*WITHOUT_CSRF, READ_ONLY_API))] == []
    assert all(any(path.startswith(one) for path in exempt) for one in WITHOUT_CSRF)


def test_every_personal_answer_is_private_and_not_stored():
    client = browser_of(AdminFactory())
    client.raise_request_exception = False  # Wagtail keeps one address that fails on purpose
    paths = sorted({a.path for a in all_addresses() if a.path.startswith(PERSONAL) and "logout" not in a.path})
    assert len(paths) > 170
    for path in paths:
        response = client.get(path)
        if path in OPEN_IN_ADMIN:
            continue
        cache_control = response.get("Cache-Control", "")
        assert "no-store" in cache_control, path
        assert "private" in cache_control, path


@pytest.mark.parametrize("target", HOSTILE)
def test_no_next_leads_off_the_site(target):
    person = AdminFactory()
    after_sign_in = Client().post("/accounts/login/", {"login": person.email, "password": PASSWORD, "next": target})
    assert after_sign_in["Location"] == "/"
    client = browser_of(person)
    for path in ("/accounts/login/", "/admin/login/", "/django-admin/login/"):
        assert client.get(path, {"next": target})["Location"] in {"/", "/admin/"}, path
    for path in ("/admin/login/", "/django-admin/login/", "/_util/login/"):
        location = Client().get(path, {"next": target})["Location"]
        assert location in {"/accounts/login/?next=/", "/accounts/login/?next=/admin/"}, path
    assert client.post("/accounts/logout/", {"next": target})["Location"] == "/"


@pytest.mark.parametrize("target", SAFE)
def test_next_leads_to_addresses_of_ours(target, client):
    person = AdminFactory()
    assert sign_in(client, person, QUERY_STRING="")["Location"] == "/"
    again = Client().post(
        f"/accounts/login/?next={target}",
        {"login": person.email, "password": PASSWORD, "next": target},
    )
    assert again["Location"] == target


def test_the_admin_asks_at_our_door_and_comes_back():
    response = Client().get("/admin/pages/", follow=True)
    assert response.redirect_chain[-1][0] == "/accounts/login/?next=/admin/pages/"


@pytest.mark.parametrize("host", ["evil.test", "localhost.evil.test", "localhost:80@evil.test", "127.0.0.1.evil.test"])
def test_a_foreign_host_header_is_refused(host, settings):
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
    assert Client().get("/accounts/login/", headers={"host": host}).status_code == 400


def test_a_forwarded_host_is_ignored():
    response = Client().get("/admin/", headers={"X-Forwarded-Host": "evil.test"})
    assert "evil.test" not in response["Location"]
