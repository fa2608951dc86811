"""Pages for members: their fragments and buttons work for who is admitted, and are not there for others."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from careers.learning.overview import my_learning
from careers.learning.reading_stops import reading_stops
from careers.models import Completion, Enrolment, Feedback, ReadingPlace
from tests.factories.accounts import AdminFactory, PersonFactory, browser_of
from tests.factories.careers import ArticlePageFactory, LearningPathPageFactory

pytestmark = pytest.mark.django_db

FRAGMENTS = ("page_fragment", "feedback_fragment", "path_fragment")


@pytest.fixture
def members():
    return Group.objects.create(name="Members")


@pytest.fixture
def member(members):
    person = PersonFactory()
    person.groups.add(members)
    return person


def restrict(page, *groups):
    kind = PageViewRestriction.GROUPS if groups else PageViewRestriction.LOGIN
    restriction = PageViewRestriction.objects.create(page_id=page.pk, restriction_type=kind)
    restriction.groups.set(groups)
    return page


def page_for(name, *groups):
    return restrict(LearningPathPageFactory() if name == "path_fragment" else ArticlePageFactory(), *groups)


@pytest.mark.parametrize("name", FRAGMENTS)
def test_a_member_gets_the_fragments_of_a_page_for_members(name, member, members):
    url = reverse(f"careers:{name}", args=[page_for(name, members).pk])

    assert browser_of(member).get(url).status_code == 200
    assert browser_of(AdminFactory()).get(url).status_code == 200


@pytest.mark.parametrize("name", FRAGMENTS)
def test_others_do_not(name, client, members):
    url = reverse(f"careers:{name}", args=[page_for(name, members).pk])

    assert browser_of(PersonFactory()).get(url).status_code == 404
    assert client.get(url).status_code == 404


def test_everybody_with_an_account_marks_a_page_that_asks_for_one():
    article = page_for("page_fragment")
    browser_of(PersonFactory()).post(reverse("careers:done", args=[article.pk]))

    assert Completion.objects.get().page_id == article.pk


def test_a_member_marks_follows_and_says_what_helped(member, members):
    browser = browser_of(member)
    article, path = page_for("page_fragment", members), page_for("path_fragment", members)

    browser.post(reverse("careers:done", args=[article.pk]))
    browser.post(reverse("careers:enrol", args=[path.pk]))
    browser.post(reverse("careers:feedback", args=[article.pk]), {"helpful": "yes"})

    assert (Completion.objects.count(), Enrolment.objects.count(), Feedback.objects.count()) == (1, 1, 1)


def test_a_page_below_one_for_members_is_for_members(member, members):
    article = ArticlePageFactory()
    restrict(article.get_parent(), members)
    url = reverse("careers:page_fragment", args=[article.pk])

    assert browser_of(member).get(url).status_code == 200
    assert browser_of(PersonFactory()).get(url).status_code == 404


def test_a_password_opens_nothing_here(member):
    article = ArticlePageFactory()
    PageViewRestriction.objects.create(
        page_id=article.pk, restriction_type=PageViewRestriction.PASSWORD, password="open sesame"
    )

    assert browser_of(member).get(reverse("careers:page_fragment", args=[article.pk])).status_code == 404


def test_a_public_page_costs_no_more_than_before(django_assert_max_num_queries, client):
    url = reverse("careers:page_fragment", args=[ArticlePageFactory().pk])
    client.get(url)

    with django_assert_max_num_queries(3):
        client.get(url)


def test_my_learning_leads_a_member_back_into_an_article_for_members(member, members):
    article, closed = page_for("page_fragment", members), page_for("page_fragment", Group.objects.create(name="Board"))
    for page in (article, closed):
        place = {"anchor": page.body[0].id, "percent": 40, "updated_at": timezone.now()}
        ReadingPlace.objects.create(person=member, page_id=page.pk, **place)

    assert [stop.page_id for stop in my_learning(member).stops] == [article.pk]
    assert [stop.page_id for stop in reading_stops(member)] == [article.pk]
    assert f"{article.url}#b-" in browser_of(member).get("/learning/").content.decode()
