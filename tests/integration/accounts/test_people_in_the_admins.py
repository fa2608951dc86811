"""Managing people in Wagtail's and in Django's admin, and one's own name in Wagtail's."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from accounts.models import User
from tests.factories.accounts import PASSWORD, AdminFactory, PersonFactory, browser_of, sign_in

pytestmark = pytest.mark.django_db
NEW = {"email": "new@example.org", "name": "Nia New", "time_zone": "UTC", "password1": PASSWORD, "password2": PASSWORD}


def test_an_admin_makes_a_person_with_a_role():
    editors = Group.objects.get(name="Editors")
    response = browser_of(AdminFactory()).post(reverse("wagtailusers_users:add"), NEW | {"groups": [editors.pk]})
    assert response.status_code == 302
    person = User.objects.get(email="new@example.org")
    assert (person.name, person.time_zone, list(person.groups.all())) == ("Nia New", "UTC", [editors])
    assert person.check_password(PASSWORD)


def test_a_person_made_by_an_admin_confirms_the_address_at_the_first_sign_in(client):
    browser_of(AdminFactory()).post(reverse("wagtailusers_users:add"), NEW)
    response = sign_in(client, User.objects.get(email="new@example.org"))
    assert response["Location"] == reverse("account_email_verification_sent")


def test_the_form_shows_one_name_and_no_first_or_last_name():
    html = browser_of(AdminFactory()).get(reverse("wagtailusers_users:add")).content.decode()
    assert 'name="name"' in html
    assert 'name="time_zone"' in html
    assert "first_name" not in html


@pytest.mark.parametrize(
    "changes", [{"email": "Taken@Example.org"}, {"email": ""}, {"time_zone": "Mars/Olympus"}, {"password2": "x"}]
)
def test_a_wrong_field_stores_nothing(changes):
    PersonFactory(email="taken@example.org")
    response = browser_of(AdminFactory()).post(reverse("wagtailusers_users:add"), NEW | changes)
    assert response.status_code == 200
    assert response.context["form"].errors
    assert not User.objects.filter(name="Nia New").exists()


def test_an_admin_edits_a_person():
    person = PersonFactory()
    address = reverse("wagtailusers_users:edit", args=[person.pk])
    client = browser_of(AdminFactory())
    assert client.get(address).status_code == 200
    client.post(
        address, {"email": person.email, "name": "Renamed", "time_zone": "UTC", "password1": "", "password2": ""}
    )
    person.refresh_from_db()
    assert (person.name, person.is_active, person.check_password(PASSWORD)) == ("Renamed", False, True)


def test_people_are_listed_searched_and_sorted_by_name():
    client = browser_of(AdminFactory(name="Zoe"))
    PersonFactory(name="Findable")
    index = reverse("wagtailusers_users:index")
    for query in ("", "?ordering=name", "?ordering=-name", "?ordering=-email"):
        assert "Findable" in client.get(index + query).content.decode()
    found = client.get(index + "?q=findab").content.decode()
    assert "Findable" in found
    assert "Zoe" not in client.get(index + "results/?q=findab").content.decode()


def test_the_account_page_of_an_editor_has_their_name_and_neither_password_nor_address():
    person = PersonFactory(groups=["Editors"])
    client = browser_of(person)
    html = client.get("/admin/account/").content.decode()
    assert 'name="name-name"' in html
    assert "first_name" not in html
    assert "new_password1" not in html
    theme = {"theme-theme": "system", "theme-contrast": "system", "theme-density": "default"}
    client.post("/admin/account/", {"name-name": "Eda", "notices-how": "daily", "notices-hour": "8"} | theme)
    person.refresh_from_db()
    assert person.name == "Eda"


@pytest.mark.parametrize("name", ["add", "changelist"])
def test_djangos_admin_knows_our_user(name):
    client = browser_of(AdminFactory())
    assert client.get(reverse(f"admin:accounts_user_{name}")).status_code == 200


def test_djangos_admin_makes_and_changes_a_person():
    client = browser_of(AdminFactory())
    client.post(reverse("admin:accounts_user_add"), NEW | {"usable_password": "true"})
    person = User.objects.get(email="new@example.org")
    address = reverse("admin:accounts_user_change", args=[person.pk])
    client.post(address, {"email": person.email, "name": "Changed", "time_zone": "UTC", "is_active": "on"})
    person.refresh_from_db()
    assert person.name == "Changed"


def test_wagtails_own_password_pages_are_closed_and_djangos_leads_to_ours():
    client = browser_of(AdminFactory())
    assert client.get("/admin/password_reset/").status_code == 404
    assert client.get("/django-admin/password_change/")["Location"] == reverse("account_change_password")
