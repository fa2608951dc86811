"""The front page shows no page twice, and costs the same however much is published."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from home.models import ContentPage, HomePageFeature
from home.templatetags.front_tags import FEATURED, LATEST, front_page
from tests.factories.careers import ArticlePageFactory, LearningPathPageFactory
from tests.factories.home import HomePageFactory
from tests.factories.masterclasses import MasterclassPageFactory, PartPageFactory
from tests.queries import assert_constant_queries, fetch

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return HomePageFactory()


def shown(front):
    return [page.pk for page in (front.path, front.masterclass, *front.featured, *front.latest) if page]


def test_an_empty_portal_has_an_empty_front_page_that_invites(home, client):
    assert shown(front_page(home)) == []
    assert "Nothing is published yet" in client.get(home.url).content.decode()


def test_no_page_is_shown_twice(home):
    articles = ArticlePageFactory.create_batch(12)
    path, masterclass = LearningPathPageFactory(), MasterclassPageFactory()
    for page in (masterclass, articles[0], path):
        HomePageFeature.objects.create(home=home, page=page)
    front = front_page(home)
    assert len(shown(front)) == len(set(shown(front)))
    assert (front.path.pk, front.masterclass.pk) == (path.pk, masterclass.pk)
    assert front.featured[0].pk == articles[0].pk
    assert (len(front.featured), len(front.latest)) == (FEATURED, LATEST)


def test_a_masterclass_to_watch_comes_before_a_newer_one_that_is_only_announced(home, client):
    announced = MasterclassPageFactory(title="Next winter")
    assert front_page(home).masterclass.pk == announced.pk
    assert "Watch the parts" not in client.get(home.url).content.decode()

    watchable = MasterclassPageFactory(title="Last winter", published_on=announced.published_on - timedelta(days=9))
    ContentPage.objects.filter(pk=watchable.pk).update(minutes=40)

    assert front_page(home).masterclass.pk == watchable.pk


def test_the_editors_choice_comes_in_the_editors_order_and_the_newest_fill_up(home):
    old, older = ArticlePageFactory(published_on=date(2020, 2, 1)), ArticlePageFactory(published_on=date(2020, 1, 1))
    newest = ArticlePageFactory(published_on=date(2026, 12, 1))
    for number, page in enumerate((older, old)):
        HomePageFeature.objects.create(home=home, page=page, sort_order=number)
    assert [page.pk for page in front_page(home).featured] == [older.pk, old.pk, newest.pk]


def test_a_part_stands_behind_its_masterclass_unless_an_editor_features_it(home):
    part = PartPageFactory()
    assert part.pk not in shown(front_page(home))
    HomePageFeature.objects.create(home=home, page=part)
    assert [page.pk for page in front_page(home).featured] == [part.pk]


def test_what_is_not_published_is_not_shown(home):
    draft = ArticlePageFactory(live=False)
    HomePageFeature.objects.create(home=home, page=draft)
    assert shown(front_page(home)) == []


def test_the_latest_lead_on_to_the_whole_library(client):
    home = HomePageFactory()
    article = ArticlePageFactory.create_batch(12)[0]
    library = article.get_parent()
    assert "The whole library" in client.get(home.url).content.decode()
    library.unpublish()
    assert "The whole library" not in client.get(home.url).content.decode()


def test_the_front_page_costs_the_same_however_much_there_is(home):
    LearningPathPageFactory()
    MasterclassPageFactory()
    assert_constant_queries(fetch(home.url), ArticlePageFactory.create_batch, rows=12)
