from __future__ import annotations

import gzip
import logging
from html import escape

import pytest
from django.core.cache import cache
from django.test import Client
from wagtail.models import PageViewRestriction

from home.content_version import KEY as VERSION_KEY
from home.models import Area, SiteIdentity
from home.signals import public_content_changed
from portal.page_cache import key_of
from tests.factories.careers import ArticlePageFactory
from tests.factories.every_page import PAGE_FACTORIES
from tests.factories.home import StandardPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _cached(settings):
    settings.PAGE_CACHE_SECONDS = 60


@pytest.fixture
def page():
    return StandardPageFactory(title="About the evenings")


def get(url: str, client: Client | None = None, **kwargs):
    return (client or Client()).get(url, **kwargs)


def test_a_second_visitor_gets_the_page_without_one_query(page, django_assert_num_queries):
    first = get(page.url)
    with django_assert_num_queries(0):
        second = get(page.url)
    assert second.content == first.content
    assert second.headers == first.headers


def test_a_public_page_may_be_kept_but_is_asked_for_again(page):
    assert get(page.url)["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_a_browser_that_has_the_page_gets_304(page):
    etag = get(page.url)["ETag"]
    answer = get(page.url, headers={"if-none-match": etag})
    assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", etag)


@pytest.mark.parametrize("accepted", ["gzip, deflate, br", "br;q=1, gzip;q=0.5", "GZIP"])
def test_a_page_travels_packed_to_whoever_can_unpack_it(page, accepted):
    plain = get(page.url)
    packed = get(page.url, headers={"Accept-Encoding": accepted})

    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert int(packed["Content-Length"]) == len(packed.content) < len(plain.content) / 2
    assert "Accept-Encoding" in plain["Vary"]
    assert packed["ETag"] != plain["ETag"]
    again = get(page.url, headers={"Accept-Encoding": accepted, "If-None-Match": packed["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("accepted", ["", "br", "gzip;q=0", "br, gzip; q=0.0, *"])
def test_nobody_gets_a_packed_page_who_did_not_ask_for_one(page, accepted):
    answer = get(page.url, headers={"Accept-Encoding": accepted})

    assert "Content-Encoding" not in answer
    assert int(answer["Content-Length"]) == len(answer.content)


def test_head_is_answered_from_the_same_page_without_its_body(page):
    length = len(get(page.url).content)
    answer = Client().head(page.url)
    assert (answer.content, answer["Content-Length"]) == (b"", str(length))


def test_the_security_headers_stand_on_a_stored_page(page):
    get(page.url)
    stored = get(page.url)
    for header in ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "X-Frame-Options"):
        assert stored[header]


@pytest.mark.parametrize("tracking", ["utm_source=mail", "fbclid=x&gclid=y"])
def test_tracking_parameters_share_the_stored_page(page, tracking, django_assert_num_queries):
    get(page.url)
    with django_assert_num_queries(0):
        get(f"{page.url}?{tracking}")


def test_the_order_of_parameters_does_not_matter(rf):
    assert key_of(rf.get("/library/?tag=a&kind=b")) == key_of(rf.get("/library/?kind=b&tag=a"))
    assert key_of(rf.get("/library/?tag=a")) != key_of(rf.get("/library/?tag=b"))


@pytest.mark.parametrize(
    "address", ["/?anything=1", "/?page=" + "9" * 99, "/search/?q=pay", "/admin/", "/digest/", "/health/live"]
)
def test_addresses_without_end_and_private_ones_are_never_stored(rf, address):
    assert key_of(rf.get(address)) is None


def test_another_host_has_pages_of_its_own(rf):
    assert key_of(rf.get("/", headers={"host": "a.test"})) != key_of(rf.get("/", headers={"host": "b.test"}))


def test_a_host_that_is_not_ours_is_refused_and_nothing_is_stored(page, settings):
    get(page.url)
    assert get(page.url, headers={"host": "evil.test"}).status_code == 400
    assert get(page.url, headers={"x-forwarded-host": "evil.test"}).status_code == 200
    assert b"evil.test" not in get(page.url).content


# An edit shows at once ---------------------------------------------------------------------------------------


def changes(page):
    def publish():
        page.title = "About the mornings"
        page.save_revision().publish()

    def rename_area():
        Area.objects.get(slug="training").save()

    def restrict():
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)

    return {
        "publish": publish,
        "unpublish": page.unpublish,
        "delete": page.delete,
        "move": lambda: page.move(StandardPageFactory(), pos="last-child"),
        "area": rename_area,
        "identity": SiteIdentity.for_site(page.get_site()).save,
        "restriction": restrict,
        "signal": lambda: public_content_changed.send(sender=None),
    }


@pytest.mark.parametrize(
    "change", ["publish", "unpublish", "delete", "move", "area", "identity", "restriction", "signal"]
)
def test_any_change_makes_every_stored_page_void(page, change, django_capture_on_commit_callbacks):
    get("/")
    before = cache.get(VERSION_KEY)
    with django_capture_on_commit_callbacks(execute=True):
        changes(page)[change]()
    assert cache.get(VERSION_KEY) != before


def test_an_edit_shows_at_once(page, django_capture_on_commit_callbacks):
    get(page.url)
    with django_capture_on_commit_callbacks(execute=True):
        page.title = "About the mornings"
        page.save_revision().publish()
    assert b"About the mornings" in get(page.url).content


def test_a_page_that_becomes_private_is_gone_at_once(page, django_capture_on_commit_callbacks):
    get(page.url)
    with django_capture_on_commit_callbacks(execute=True):
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert get(page.url).status_code == 302


def test_nothing_is_void_before_the_change_is_committed(page, django_capture_on_commit_callbacks):
    get(page.url)
    before = cache.get(VERSION_KEY)
    with django_capture_on_commit_callbacks(execute=False):
        page.save_revision().publish()
        assert cache.get(VERSION_KEY) == before


# What must never be stored -------------------------------------------------------------------------------------


def test_a_member_is_answered_afresh_and_leaves_nothing_behind(page, admin_client):
    restricted = StandardPageFactory(title="For members alone", parent=page)
    PageViewRestriction.objects.create(page=restricted, restriction_type=PageViewRestriction.LOGIN)
    seen = get(restricted.url, admin_client)
    assert b"For members alone" in seen.content
    assert "private" in seen["Cache-Control"] or "no-store" in seen["Cache-Control"]
    stranger = get(restricted.url)
    assert stranger.status_code == 302
    assert b"For members alone" not in stranger.content


def test_what_a_signed_in_visitor_sees_of_a_public_page_is_private(page, admin_client):
    assert "private" in get(page.url, admin_client)["Cache-Control"]
    assert get(page.url)["Cache-Control"].startswith("public")


def test_a_preview_of_a_draft_is_never_stored(page):
    page.title = "A secret draft"
    page.save_revision()
    assert b"A secret draft" in page.make_preview_request().content
    assert b"A secret draft" not in get(page.url).content


def test_errors_are_never_stored(django_assert_num_queries):
    assert get("/no-such-page/").status_code == 404
    ArticlePageFactory(title="No such page", slug="no-such-page", parent=StandardPageFactory().get_parent())
    assert get("/no-such-page/").status_code == 200


def test_without_a_time_nothing_is_stored(page, settings, rf):
    settings.PAGE_CACHE_SECONDS = 0
    get(page.url)
    assert cache.get(key_of(rf.get(page.url))) is None


def test_a_cache_that_is_down_breaks_no_page(page, monkeypatch, caplog):
    class Down:
        def __getattr__(self, name):
            raise ConnectionError("refused")

    for module in ("portal.page_cache", "home.content_version"):
        monkeypatch.setattr(f"{module}.cache", Down())
        caplog.set_level(logging.CRITICAL, logger=module)
    for _visit in range(2):
        assert escape(page.title).encode() in get(page.url).content


# Every public page type ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("url", ["/", "/areas/marketplace/", "/feed/", "/sitemap.xml", "/robots.txt"])
def test_every_public_address_is_stored(url, django_assert_num_queries):
    ArticlePageFactory()
    get(url)
    with django_assert_num_queries(0):
        get(url)


@pytest.mark.parametrize("make", PAGE_FACTORIES)
def test_every_page_type_is_stored(make, django_assert_num_queries):
    page = make()
    get(page.url)
    with django_assert_num_queries(0):
        get(page.url)
