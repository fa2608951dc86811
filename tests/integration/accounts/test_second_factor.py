"""Every address of both admins wants a second factor, where the owner says so (row 4.2)."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.addresses import admin_addresses
from tests.factories.accounts import (
    PASSWORD,
    AdminFactory,
    PersonFactory,
    add_authenticator_app,
    browser_of,
    code_now,
    sign_in,
)

pytestmark = pytest.mark.django_db
OUT = {"/admin/logout/", "/django-admin/logout/"}


@pytest.fixture
def demanded(settings):
    settings.REQUIRE_ADMIN_MFA = True


def test_no_admin_address_answers_a_session_with_a_password_alone(demanded):
    client = browser_of(AdminFactory())
    addresses = [address for address in admin_addresses() if address not in OUT]
    assert len(addresses) > 150
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 302, address
        assert response["Location"].startswith(reverse("mfa_index")), address
    for address in addresses[:20]:
        assert client.post(address).status_code == 302


def test_the_way_is_explained_on_the_page_that_follows(demanded):
    page = browser_of(AdminFactory()).get("/admin/", follow=True)
    assert "protect your account with a second factor first" in page.content.decode()


def test_a_person_with_an_app_who_did_not_use_it_is_asked_for_the_code_and_comes_back(demanded):
    admin = AdminFactory()
    secret = add_authenticator_app(admin)
    client = browser_of(admin)
    asked = client.get("/admin/pages/")
    assert asked["Location"] == f"{reverse('mfa_reauthenticate')}?next=/admin/pages/"
    back = client.post(asked["Location"], {"code": code_now(secret)})
    assert back["Location"] == "/admin/pages/"
    assert client.get("/admin/").status_code == 200


def test_a_person_who_signed_in_with_the_code_is_let_in(demanded, client):
    admin = AdminFactory()
    secret = add_authenticator_app(admin)
    sign_in(client, admin)
    client.post(reverse("mfa_authenticate"), {"code": code_now(secret)})
    assert client.get("/admin/").status_code == 200
    assert client.get("/django-admin/").status_code == 200


def test_the_door_closes_when_the_second_factor_is_removed(demanded, client):
    admin = AdminFactory()
    secret = add_authenticator_app(admin)
    sign_in(client, admin)
    client.post(reverse("mfa_authenticate"), {"code": code_now(secret)})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.post(reverse("mfa_deactivate_totp"))
    assert client.get("/admin/").status_code == 302


def test_a_script_in_the_admin_gets_403_not_a_page(demanded):
    client = browser_of(AdminFactory())
    assert client.get("/admin/", headers={"X-Requested-With": "XMLHttpRequest"}).status_code == 403


def test_signing_out_is_always_possible(demanded):
    client = browser_of(AdminFactory())
    client.post("/admin/logout/")
    assert "_auth_user_id" not in client.session


def test_the_rest_of_the_site_asks_nobody(demanded):
    assert browser_of(PersonFactory()).get("/accounts/profile/").status_code == 200


def test_nobody_is_asked_where_the_owner_does_not_demand_it(settings):
    assert settings.REQUIRE_ADMIN_MFA is False
    assert browser_of(AdminFactory()).get("/admin/").status_code == 200
