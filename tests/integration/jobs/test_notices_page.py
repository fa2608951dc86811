"""My notices in the admin: the page, the number in the menu, the panel on the home page."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from jobs.models import Notice
from tests.factories.accounts import PersonFactory, browser_of
from tests.factories.jobs import NoticeFactory, fresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def me():
    person = PersonFactory()
    person.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return person


def read(browser, name="jobs:notices"):
    return browser.get(reverse(name)).content.decode()


def test_i_see_my_notices_and_nobody_elses(me):
    NoticeFactory(recipient=me, title="Your video is ready", message="Two minutes.", url="/admin/x/", level="bad")
    NoticeFactory(title="Not for me")
    said = read(browser_of(me))
    for words in ("Your video is ready", "Two minutes.", 'href="/admin/x/"', "Needs you"):
        assert words in said
    assert "Not for me" not in said


def test_only_people_of_the_admin_get_there():
    assert browser_of(None).get(reverse("jobs:notices")).status_code == 302
    assert browser_of(PersonFactory()).get(reverse("jobs:notices")).status_code == 302


def test_the_menu_counts_what_i_have_not_read(me):
    browser = browser_of(me)
    assert '"Notices"' in read(browser)
    NoticeFactory.create_batch(3, recipient=me)
    assert "Notices (3)" in read(browser)
    browser.post(reverse("jobs:read_notices"))
    assert "Notices (" not in read(browser)


def test_i_mark_one_notice_as_read_and_come_back_to_where_i_was(me):
    one, other = NoticeFactory.create_batch(2, recipient=me)
    answer = browser_of(me).post(reverse("jobs:read_notice", args=[one.pk]), {"next": "/admin/"})
    assert answer.headers["Location"] == "/admin/"
    assert fresh(one).read_at
    assert fresh(other).read_at is None


def test_i_cannot_mark_what_is_not_mine(me):
    foreign = NoticeFactory()
    browser_of(me).post(reverse("jobs:read_notice", args=[foreign.pk]))
    browser_of(me).post(reverse("jobs:read_notices"))
    assert fresh(foreign).read_at is None


def test_reading_is_posted(me):
    assert browser_of(me).get(reverse("jobs:read_notices")).status_code == 405


def test_the_home_page_shows_unread_notices_and_a_way_to_the_others(me):
    browser = browser_of(me)
    assert "Your unread notices" not in read(browser, "wagtailadmin_home")
    NoticeFactory(recipient=me, title="An old story", read_at=timezone.now())
    NoticeFactory.create_batch(6, recipient=me, title="Your video is ready")
    said = read(browser, "wagtailadmin_home")
    assert "Your unread notices" in said
    assert said.count('class="notice ') == 5
    assert "All notices" in said
    assert "An old story" not in said
    assert 'name="csrfmiddlewaretoken"' in said


def test_the_number_of_queries_does_not_grow_with_the_notices(me, django_assert_max_num_queries):
    browser = browser_of(me)
    NoticeFactory(recipient=me)
    read(browser)
    with django_assert_max_num_queries(50) as few:
        read(browser)
    NoticeFactory.create_batch(20, recipient=me)
    with django_assert_max_num_queries(len(few)):
        read(browser)
    assert Notice.objects.count() == 21
