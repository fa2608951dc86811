"""What is kept of public pages between two publications is never older than the last, and never anybody's own."""

from __future__ import annotations

import pickle
from datetime import date

import pytest
from django.core.cache import cache
from django.core.cache.backends.locmem import LocMemCache
from django.db import transaction
from django.test import Client
from taggit.models import Tag
from wagtail.models import PageViewRestriction

from careers.models import ArticleAuthor, RelatedPage
from home import content_version, fragments
from home.models import Area, SiteIdentity
from masterclasses.signals import encode_done
from tests.factories.careers import ArticlePageFactory, LibraryPageFactory
from tests.factories.every_page import PAGE_FACTORIES
from tests.factories.home import ImageFactory, PersonFactory, StandardPageFactory
from tests.factories.masterclasses import PartPageFactory, VideoFactory, publish, running

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _kept(settings, monkeypatch):
    settings.PAGE_CACHE_SECONDS = 60
    monkeypatch.setattr(fragments, "MEMORY", memory())


@pytest.fixture
def article():
    article = ArticlePageFactory(title="Reading an advert", tags=["salary"], cover=ImageFactory())
    ArticleAuthor.objects.create(article=article, person=PersonFactory(name="Amara Okonjo"))
    return article


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Do something as a request of its own would, up to what follows its commit."""

    def do(change):
        with django_capture_on_commit_callbacks(execute=True):
            change()

    return do


def memory() -> LocMemCache:
    """The memory of a process that has just started."""
    new = LocMemCache("another process", {})
    new.clear()
    return new


def held() -> str:
    """All that this process keeps, as one text."""
    return " ".join(str(pickle.loads(value)) for value in vars(fragments.MEMORY)["_cache"].values())


def visit(url: str, client: Client | None = None):
    """An address that the cache of whole pages leaves alone."""
    mark = "&" if "?" in url else "?"
    return (client or Client()).get(f"{url}{mark}anything=1")


def seen(url: str, client: Client | None = None) -> str:
    response = visit(url, client)
    assert response.status_code == 200
    return response.content.decode()


# What it saves -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("make", PAGE_FACTORIES)
def test_a_page_seen_before_costs_the_query_for_itself(make, django_assert_num_queries):
    page = make()
    first = seen(page.url)

    with django_assert_num_queries(1):
        second = seen(page.url)

    assert second == first


def test_a_part_also_asks_for_its_video(django_assert_num_queries):
    video = VideoFactory()
    publish(video, video_mp4=b"film")
    part = PartPageFactory(video=video)
    seen(part.url)
    with django_assert_num_queries(2):
        seen(part.url)


@pytest.mark.parametrize("make", PAGE_FACTORIES)
def test_the_first_visit_after_a_publication_stays_within_its_queries(make, django_assert_max_num_queries):
    page = make()
    seen(page.url)
    content_version.renew()
    with django_assert_max_num_queries(15):
        seen(page.url)


def test_members_share_what_strangers_have_seen(article, admin_client):
    assert seen(article.url) == seen(article.url, admin_client)


# Never older than the last publication -------------------------------------------------------------------------


def rename(row, name: str, field: str = "name") -> None:
    setattr(row, field, name)
    row.save()


def publish_as(page, title: str) -> None:
    page.title = title
    page.save_revision().publish()


CHANGES = {
    "title": lambda page: publish_as(page, "After it"),
    "area": lambda page: rename(page.areas.get(), "After it", "title"),
    "author": lambda page: rename(page.written_by[0].person, "After it"),
    "tag": lambda page: rename(Tag.objects.get(name="salary"), "After it"),
    "identity": lambda page: rename(SiteIdentity.for_site(page.get_site()), "After it"),
    "navigation": lambda page: StandardPageFactory(title="After it", show_in_menus=True),
    "library": lambda page: publish_as(page.get_parent().specific, "After it"),
    "neighbour": lambda page: ArticlePageFactory(title="After it", published_on=date(2030, 1, 1)),
}


@pytest.mark.parametrize("change", CHANGES)
def test_the_next_visitor_sees_a_change(article, committed, change):
    assert "After it" not in seen(article.url)
    committed(lambda: CHANGES[change](article))
    assert "After it" in seen(article.url)


def test_a_process_that_did_not_make_the_change_shows_it_too(article, committed, monkeypatch):
    here, there = fragments.MEMORY, memory()
    seen(article.url)
    monkeypatch.setattr(fragments, "MEMORY", there)
    seen(article.url)

    monkeypatch.setattr(fragments, "MEMORY", here)
    committed(lambda: publish_as(article, "After it"))

    monkeypatch.setattr(fragments, "MEMORY", there)
    assert "After it" in seen(article.url)


def test_an_image_that_is_replaced_shows_at_once(article, committed):
    before = article.cover.file.url.rpartition("/")[2].rpartition(".")[0]
    assert before in seen(article.url)
    committed(lambda: rename(article, ImageFactory(file__filename="another.png"), "cover"))
    assert "another" in seen(article.url)


def test_a_page_that_is_not_published_any_more_is_gone_from_its_address_and_from_others(article, committed):
    other = ArticlePageFactory()
    RelatedPage.objects.create(article=other, page=article)
    assert article.title in seen(other.url)

    committed(article.unpublish)

    assert visit(article.url).status_code == 404
    assert article.title not in seen(other.url)


def test_a_page_that_moves_is_at_its_new_address_alone(committed):
    page, parent = StandardPageFactory(), StandardPageFactory()
    before = page.url
    seen(before)

    committed(lambda: page.move(parent, pos="last-child"))

    page.refresh_from_db()
    assert visit(before).headers["Location"] == page.get_url()
    assert page.title in seen(page.get_url())


def test_another_page_may_take_the_address_of_one_that_is_gone(article, committed):
    seen(article.url)
    library = article.get_parent().specific
    committed(article.delete)
    library.refresh_from_db()
    committed(lambda: ArticlePageFactory(title="After it", slug=article.slug, parent=library))
    assert "After it" in seen(article.url)


def test_a_video_that_has_become_playable_shows_at_once(committed):
    video = VideoFactory()
    part = PartPageFactory(video=video)
    transcode = running(video=video, seconds_done=30)
    assert "50 % done" in seen(part.url)

    transcode.seconds_done = 45
    transcode.save()
    assert "75 % done" in seen(part.url)

    before = content_version.current()
    committed(lambda: encode_done.send(sender=None, transcode=transcode))
    assert content_version.current() != before


def test_a_publication_that_is_rolled_back_shows_nowhere(article):
    before = seen(article.url)
    version = content_version.current()

    with transaction.atomic():
        publish_as(article, "Never published")
        transaction.set_rollback(True)

    assert content_version.current() == version
    assert seen(article.url) == before


# What nobody else may see --------------------------------------------------------------------------------------


def restrict(page) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def test_a_page_that_becomes_private_is_closed_at_once(article, committed):
    seen(article.url)
    committed(lambda: restrict(article))
    assert visit(article.url).status_code == 302


@pytest.mark.parametrize("above", [False, True])
def test_a_private_page_is_closed_even_while_the_news_of_it_is_lost(article, above):
    seen(article.url)
    restrict(article.get_parent() if above else article)
    assert visit(article.url).status_code == 302


def test_nothing_is_kept_of_a_private_page(article, admin_client):
    restrict(article)
    assert article.title in seen(article.url, admin_client)
    assert article.title not in held()


def test_a_preview_neither_shows_nor_leaves_anything_kept(article):
    seen(article.url)
    before = held()
    article.title = "A secret draft"
    article.save_revision()

    preview = article.make_preview_request().content.decode()

    assert "A secret draft" in preview
    assert held() == before
    assert "A secret draft" not in seen(article.url)


def test_an_address_with_parameters_has_parts_of_its_own():
    area = Area.objects.get(slug="training")
    library = LibraryPageFactory()
    ArticlePageFactory(title="In training", parent=library, areas=[area])
    ArticlePageFactory(title="Elsewhere", parent=library)
    assert "Elsewhere" in seen(library.url)
    filtered = seen(f"{library.url}?area=training")
    assert "In training" in filtered
    assert "Elsewhere" not in filtered
    assert "Elsewhere" in seen(library.url)


def test_words_searched_for_stay_with_who_searched():
    assert 'value="severance"' in seen("/search/?q=severance")
    assert "severance" not in seen("/search/")


def test_endless_values_leave_nothing_behind(rf):
    assert fragments.variant(rf.get(f"/library/?tag={'x' * 99}")) is None


# When the cache does not answer --------------------------------------------------------------------------------


def test_pages_are_made_anew_while_the_cache_does_not_answer(article, monkeypatch, caplog):
    seen(article.url)
    monkeypatch.setattr(content_version, "cache", None)
    caplog.set_level("CRITICAL", logger="home.content_version")
    article.title = "After it"
    article.save_revision().publish()
    assert "After it" in seen(article.url)


def test_a_cache_that_was_emptied_makes_everything_void(article):
    seen(article.url)
    cache.clear()
    type(article).objects.filter(pk=article.pk).update(title="After it")
    assert "After it" in seen(article.url)
