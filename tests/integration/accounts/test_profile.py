"""The profile, the header's personal part, and the person's own time."""

from __future__ import annotations

import zoneinfo

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone

from accounts.middleware import PersonMiddleware
from accounts.models import User
from tests.factories.accounts import AdminFactory, PersonFactory, browser_of
from tests.queries import fetch, queries_of

pytestmark = pytest.mark.django_db

PROFILE, HEADER = "/accounts/profile/", "/accounts/fragments/header/"


def test_name_and_time_zone_are_kept():
    person = PersonFactory()
    response = browser_of(person).post(PROFILE, {"name": "Amara", "time_zone": "Asia/Kathmandu"}, follow=True)
    person.refresh_from_db()
    assert (person.name, person.time_zone) == ("Amara", "Asia/Kathmandu")
    assert "Your profile is saved." in response.content.decode()


def test_a_zone_that_is_none_is_refused_and_the_old_one_stays():
    person = PersonFactory()
    response = browser_of(person).post(PROFILE, {"name": "Amara", "time_zone": "Mars/Olympus"})
    assert response.context["form"].errors["time_zone"]
    person.refresh_from_db()
    assert (person.name, person.time_zone) != ("Amara", "Mars/Olympus")
    assert person.time_zone == "Europe/London"


def test_only_name_and_time_zone_can_be_changed():
    person = PersonFactory()
    client = browser_of(person)
    before = User.objects.filter(pk=person.pk).values().get()
    other = dict.fromkeys(before, "1") | {"groups": "1", "user_permissions": "1"}
    client.post(PROFILE, other | {"name": "Amara", "time_zone": "UTC"})
    after = User.objects.filter(pk=person.pk).values().get()
    assert {key for key in after if after[key] != before[key]} == {"name", "time_zone"}


def test_a_name_is_shown_as_it_was_typed():
    client = browser_of(PersonFactory(name="<script>alert(1)</script>{{7*7}}"))
    for address in (PROFILE, HEADER):
        html = client.get(address).content.decode()
        assert "<script>alert" not in html
        assert "&lt;script&gt;alert" in html


def zone_during(path, client=None):
    """The time zone that a view at `path` works in."""
    seen = []

    def view(request):
        from django.http import HttpResponse

        seen.append(timezone.get_current_timezone_name())
        return HttpResponse()

    request = RequestFactory().get(path)
    if client:
        request.COOKIES = {name: cookie.value for name, cookie in client.cookies.items()}
        request.user = User.objects.get(pk=client.session["_auth_user_id"])
    response = PersonMiddleware(view)(request)
    return seen[0], response


def test_personal_pages_work_in_the_time_zone_of_the_person():
    client = browser_of(PersonFactory(time_zone="Asia/Kathmandu"))
    assert zone_during("/learning/", client)[0] == "Asia/Kathmandu"
    assert timezone.get_current_timezone_name() == "Europe/London"


def test_public_pages_are_the_same_for_everybody():
    client = browser_of(PersonFactory(time_zone="Asia/Kathmandu"))
    zone, response = zone_during("/library/", client)
    assert zone == "Europe/London"
    assert "Cache-Control" not in response.headers


def test_personal_pages_are_never_kept_by_a_shared_cache():
    assert "no-store" in zone_during("/learning/")[1]["Cache-Control"]


def test_an_anonymous_visitor_costs_no_query():
    assert queries_of(lambda: zone_during("/accounts/login/")) == []
    assert queries_of(fetch(HEADER)) == []


def test_the_header_of_a_visitor_offers_to_sign_in():
    response = Client().get(HEADER)
    html = response.content.decode()
    assert "Sign in" in html
    assert "Sign up" in html
    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]


def test_the_header_of_a_person_has_their_name_and_no_admin():
    html = browser_of(PersonFactory(name="Amara Okonjo")).get(HEADER).content.decode()
    assert "Amara" in html
    assert "My learning" in html
    assert "/admin/" not in html


@pytest.mark.parametrize("person", [lambda: AdminFactory(), lambda: PersonFactory(groups=["Editors"])])
def test_the_header_of_whoever_may_has_the_admin(person):
    client = browser_of(person())
    assert "/admin/" in client.get(HEADER).content.decode()
    assert len(queries_of(fetch(HEADER, client))) <= 4


def test_every_zone_on_offer_is_accepted_by_the_model():
    for name in ("UTC", "America/Argentina/Buenos_Aires", "Pacific/Chatham"):
        person = PersonFactory(time_zone=name)
        person.full_clean(exclude=["password"])
        assert person.zone == zoneinfo.ZoneInfo(name)
