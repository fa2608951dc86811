from __future__ import annotations

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from wagtail.models import PageViewRestriction

from careers.models import ArticlePage, LibraryPage
from home.listing import PAGES_AHEAD, Listing
from home.models import ContentPage
from tests.factories.home import AreaFactory, ContentFactoryMixin, HomePageFactory, ImageFactory, PageFactory
from tests.queries import assert_constant_queries

pytestmark = pytest.mark.django_db


class AnyContentFactory(ContentFactoryMixin, PageFactory):
    class Meta:
        model = ArticlePage


@pytest.fixture
def parent():
    return HomePageFactory().add_child(instance=LibraryPage(title="Library"))


@pytest.fixture
def make(parent):
    def create(count: int = 1, **kwargs):
        return AnyContentFactory.create_batch(count, parent=parent, **kwargs)

    return create


def listing(query: str = "", **options) -> Listing:
    return Listing(ContentPage.objects.all(), RequestFactory().get(f"/library/?{query}"), **options)


def titles(shown: Listing) -> list[str]:
    return [page.title for page in shown.page_obj]


def test_the_newest_comes_first(make):
    make(3)
    dates = [page.published_on for page in listing().page_obj]
    assert dates == sorted(dates, reverse=True)


def test_drafts_and_private_pages_are_left_out(make):
    (draft, private, shown) = make(3)
    draft.unpublish()
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    assert titles(listing()) == [shown.title]


def test_filters_narrow_the_list_together(make):
    area = AreaFactory()
    make(1, title="Wanted", areas=[area], tags=["salary"], form="interview", minutes=20)
    make(1, title="Other tag", areas=[area], tags=["plans"], form="interview", minutes=20)
    make(1, title="Other area", tags=["salary"], form="interview", minutes=20)
    ContentPage.objects.update(minutes=20)
    assert titles(listing(f"area={area.slug}&tag=salary&kind=interview&length=long")) == ["Wanted"]


def test_every_filter_in_force_has_a_link_that_takes_it_away_and_keeps_the_others(make):
    area = AreaFactory(title="Tooling")
    make(1, areas=[area])
    shown = listing(f"area={area.slug}&kind=article&page=4")
    assert [(one.label, one.remove_url) for one in shown.active] == [
        ("Tooling", "/library/?kind=article"),
        ("Article", f"/library/?area={area.slug}"),
    ]
    assert shown.clear_url == "/library/"


def test_an_option_links_to_the_list_with_it_and_the_active_one_to_the_list_without(make):
    area = AreaFactory()
    make(1, areas=[area])
    options = {
        option.label: option
        for facet in listing("kind=article").facets
        if facet.name == "kind"
        for option in facet.options
    }
    assert options["Interview"].url == "/library/?kind=interview"
    assert not options["Interview"].active
    assert options["Article"].url == "/library/"
    assert options["Article"].active


def test_the_tags_offered_are_those_of_the_pages_shown(make):
    make(2, tags=["salary"])
    make(1, tags=["plans", "salary"])
    tags = next(facet for facet in listing().facets if facet.name == "tag")
    assert [option.label for option in tags.options] == ["salary", "plans"]


@pytest.mark.parametrize(
    "query", ["area=nowhere", "tag=none", "kind=poem", "length=endless", "area=%00", "tag=%F0%9F%8E%89"]
)
def test_a_value_that_does_not_exist_gives_an_empty_list_and_a_way_back(make, query):
    make(1)
    shown = listing(query)
    assert titles(shown) == []
    assert [one.remove_url for one in shown.active] == ["/library/"]


@pytest.mark.parametrize("page", ["0", "-1", "x", "1e9", "²", "", "9" * 400])
def test_a_page_that_is_no_page_gives_the_first(make, page):
    make(1)
    assert listing(f"page={page}").page_obj.number == 1


def test_a_page_beyond_the_last_gives_the_last(make):
    make(5)
    assert listing("page=99", page_size=2).page_obj.number == 3


def test_pages_link_to_each_other_with_their_filters(make):
    make(5)
    shown = listing("kind=article&page=2", page_size=2)
    assert shown.previous_url == "/library/?kind=article"
    assert shown.next_url == "/library/?kind=article&page=3"
    assert [(link.number, link.current) for link in shown.pages] == [(1, False), (2, True), (3, False)]


def test_one_page_needs_no_links(make):
    make(1)
    assert listing().pages == []


def test_rows_are_counted_only_so_far_ahead(make):
    make(PAGES_AHEAD + 3)
    shown = listing(page_size=1)
    assert (shown.count, shown.has_more_than_count) == (PAGES_AHEAD + 1, True)
    later = listing("page=8", page_size=1)
    assert (later.count, later.has_more_than_count) == (PAGES_AHEAD + 3, False)


def test_the_words_searched_for_stay_in_every_link(make):
    make(3)
    shown = listing("q=a+b&kind=article", keep=["q"], page_size=1)
    assert shown.next_url == "/library/?q=a+b&kind=article&page=2"
    assert shown.clear_url == "/library/?q=a+b"


def test_a_list_can_leave_a_filter_out(make):
    area = AreaFactory()
    make(1)
    shown = listing(f"area={area.slug}", without={"area"})
    assert len(titles(shown)) == 1
    assert "area" not in {facet.name for facet in shown.facets}


@pytest.mark.parametrize("asked_by", ["filter", "page"])
def test_a_card_names_the_area_that_was_asked_for(make, rf, asked_by):
    first, second = AreaFactory(sort_order=1), AreaFactory(sort_order=2)
    (page,) = make(1, areas=[first, second])
    shown = listing(f"area={second.slug}") if asked_by == "filter" else listing(within=second)

    cards = render_to_string("components/listing.html", {"listing": shown}, request=rf.get("/library/"))

    assert titles(shown) == [page.title]
    assert f'<a href="{second.get_absolute_url()}">' in cards
    assert f'<a href="{first.get_absolute_url()}">' not in cards


def test_the_page_of_an_area_offers_no_areas_and_takes_none(make):
    own, other = AreaFactory(), AreaFactory()
    make(1, areas=[own], title="Here")
    make(1, areas=[other], title="Elsewhere")

    shown = listing(f"area={other.slug}", within=own)

    assert titles(shown) == ["Here"]
    assert "area" not in {facet.name for facet in shown.facets}


def test_a_list_costs_the_same_however_long_it_is(make):
    def show():
        shown = listing("kind=article", page_size=200)
        _all = [shown.facets, shown.active, shown.pages, shown.next_url]
        return [(page.cover, list(page.areas.all()), page.url) for page in shown.page_obj]

    assert_constant_queries(show, lambda count: make(count, cover=ImageFactory(), tags=["salary"]))
