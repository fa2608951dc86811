"""The library, articles, resources and paths as a visitor gets them."""

from __future__ import annotations

import json
import re

import pytest
from wagtail.models import Page, PageViewRestriction

from careers.models import ArticleAuthor, ArticlePage, LearningPathPage, LearningPathsPage, LibraryPage, ResourcePage
from home.makers import made_by
from home.models import ContentKind, ContentPage, HomePage
from tests.factories.careers import (
    ArticlePageFactory,
    LearningPathPageFactory,
    LearningPathsPageFactory,
    LibraryPageFactory,
    ResourcePageFactory,
    add_stage,
)
from tests.factories.home import AreaFactory, ImageFactory, PersonFactory
from tests.queries import assert_constant_queries, fetch

pytestmark = pytest.mark.django_db

MOST_QUERIES = 17


def html(client, page) -> str:
    response = client.get(page.url)
    assert response.status_code == 200
    return response.content.decode()


def json_ld(client, page) -> dict:
    [block] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html(client, page), re.DOTALL)
    return json.loads(block)


def hide(page) -> None:
    PageViewRestriction.objects.create(page_id=page.pk, restriction_type=PageViewRestriction.LOGIN)


# Where pages may stand -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("child", "parents"),
    [
        (LibraryPage, {HomePage}),
        (LearningPathsPage, {HomePage}),
        (ArticlePage, {LibraryPage}),
        (ResourcePage, {LibraryPage}),
        (LearningPathPage, {LearningPathsPage}),
    ],
)
def test_each_type_stands_below_its_own_parent_alone(child, parents):
    assert set(child.allowed_parent_page_models()) == parents


@pytest.mark.parametrize("leaf", [ArticlePage, ResourcePage, LearningPathPage])
def test_nothing_stands_below_a_leaf(leaf):
    assert leaf.allowed_subpage_models() == []


@pytest.mark.parametrize("factory", [LibraryPageFactory, LearningPathsPageFactory])
def test_the_home_page_has_one_library_and_one_list_of_paths(factory):
    page = factory()
    assert not type(page).can_create_at(page.get_parent())


# Queries -------------------------------------------------------------------------------------------------------


def test_the_library_costs_the_same_however_many_articles():
    library = LibraryPageFactory()
    assert_constant_queries(
        fetch(library.url),
        lambda n: [ArticlePageFactory(parent=library, cover=ImageFactory(), tags=["pay"]) for _ in range(n)],
        at_most=MOST_QUERIES,
    )


def test_the_list_of_paths_costs_the_same_however_many_paths():
    pages = ArticlePageFactory.create_batch(2)
    paths = LearningPathsPageFactory()
    assert_constant_queries(
        fetch(paths.url),
        lambda n: [LearningPathPageFactory(parent=paths, stages=[pages], cover=ImageFactory()) for _ in range(n)],
        at_most=MOST_QUERIES,
    )


def test_a_path_costs_the_same_however_many_steps():
    path = LearningPathPageFactory(stages=[])
    assert_constant_queries(
        fetch(path.url),
        lambda n: [add_stage(path, [ArticlePageFactory(), ResourcePageFactory()]) for _ in range(n)],
        at_most=MOST_QUERIES,
    )


def test_an_article_costs_the_same_however_many_authors_tags_and_neighbours():
    article = ArticlePageFactory()

    def grow(n: int) -> None:
        for number in range(n):
            ArticleAuthor.objects.create(article=article, person=PersonFactory(photo=ImageFactory()))
            ArticlePageFactory(cover=ImageFactory())
            article.tags.add(f"tag {n} {number}")
        article.save()

    assert_constant_queries(fetch(article.url), grow, at_most=MOST_QUERIES)


def test_a_resource_costs_the_same_however_many_neighbours():
    resource = ResourcePageFactory()
    assert_constant_queries(
        fetch(resource.url),
        lambda n: [ResourcePageFactory(cover=ImageFactory()) for _ in range(n)],
        at_most=MOST_QUERIES,
    )


# Articles ------------------------------------------------------------------------------------------------------


def test_an_article_knows_its_kind_and_reading_time():
    article = ArticlePageFactory(form="interview", body=[("rich_text", f"<p>{'word ' * 700}</p>")])
    row = ContentPage.objects.get(pk=article.pk)
    assert (row.kind, row.minutes) == (ContentKind.INTERVIEW, 4)


def test_the_list_of_contents_links_to_headings_that_are_there_even_when_two_are_equal(client):
    heading = ("heading", {"text": "Pay", "level": "h2"})
    page = html(client, ArticlePageFactory(body=[heading, ("rich_text", "<p>One</p>"), heading]))
    for anchor in ("pay", "pay-2"):
        assert page.count(f'href="#{anchor}"') == 1
        assert page.count(f'id="{anchor}"') == 1


def test_an_article_names_its_authors_in_the_editors_order(client):
    people = [PersonFactory(name="Zoë Quist"), PersonFactory(name="Amara Okonjo")]
    page = html(client, ArticlePageFactory(authors=people))
    assert page.index("Zoë Quist") < page.index("Amara Okonjo")


def test_tags_lead_to_the_library(client):
    article = ArticlePageFactory(tags=["job adverts"])
    assert "tag=job-adverts" in html(client, article)


def test_read_next_is_the_editors_choice_in_the_editors_order():
    first, hidden, last = ArticlePageFactory.create_batch(3)
    hidden.unpublish()
    article = ArticlePageFactory(related=[last, hidden, first])
    assert [page.pk for page in article.read_next()] == [last.pk, first.pk]


def test_without_a_choice_read_next_is_the_newest_of_the_same_area():
    area, other = AreaFactory(), AreaFactory()
    article = ArticlePageFactory(areas=[area])
    near = [ArticlePageFactory(areas=[area, other], published_on=f"2026-02-0{day}") for day in range(1, 6)]
    ArticlePageFactory(areas=[other], published_on="2026-03-01")
    assert [page.pk for page in article.read_next()] == [page.pk for page in reversed(near[2:])]


def test_search_engines_are_told_who_wrote_an_article(client):
    article = ArticlePageFactory(title="Five shapes", authors=[PersonFactory(name="Amara Okonjo", slug="amara")])
    data = json_ld(client, article)
    assert (data["@type"], data["headline"], data["timeRequired"]) == ("Article", "Five shapes", "PT1M")
    assert [author["name"] for author in data["author"]] == ["Amara Okonjo"]
    assert data["author"][0]["url"].endswith("/people/amara/")


def test_a_persons_page_can_list_what_they_wrote():
    person = PersonFactory()
    article = ArticlePageFactory(authors=[person])
    ArticlePageFactory(authors=[PersonFactory()])
    assert list(ContentPage.objects.filter(made_by(person)).values_list("pk", flat=True)) == [article.pk]


# Resources -----------------------------------------------------------------------------------------------------


def test_a_resource_takes_the_minutes_that_the_editor_gave():
    assert ResourcePageFactory(effort=95).minutes == 95


def test_search_engines_are_told_whose_resource_it_is(client):
    data = json_ld(client, ResourcePageFactory(provider="Acas", link="https://acas.example/pay", effort=20))
    assert data["mainEntity"]["provider"]["name"] == "Acas"
    assert (data["mainEntity"]["url"], data["mainEntity"]["timeRequired"]) == ("https://acas.example/pay", "PT20M")


# Paths ---------------------------------------------------------------------------------------------------------


def test_a_path_shows_its_steps_in_order_with_notes(client):
    first, second = ArticlePageFactory.create_batch(2)
    path = LearningPathPageFactory(stages=[[(second, {"note": "Begin here"})], [first]])
    page = html(client, path)
    assert page.index("Begin here") < page.index(first.title)
    assert page.index(second.title) < page.index(first.title)


def test_a_path_shows_no_draft_and_no_private_page(client):
    shown, draft, private = ArticlePageFactory.create_batch(3)
    path = LearningPathPageFactory(stages=[[shown, draft], [private]])
    draft.unpublish()
    hide(private)
    page = html(client, path)
    assert shown.title in page
    assert draft.title not in page
    assert private.title not in page


def test_the_minutes_of_a_path_are_those_of_its_required_steps():
    needed, extra = ResourcePageFactory(effort=20), ResourcePageFactory(effort=30)
    path = LearningPathPageFactory(stages=[[needed], [(extra, {"required": False})]])
    assert path.minutes == 20


@pytest.mark.parametrize("change", ["longer", "draft", "published again", "deleted", "private"])
def test_the_minutes_of_a_path_follow_its_pages(change):
    kept, page = ResourcePageFactory(effort=20), ResourcePageFactory(effort=30)
    path = LearningPathPageFactory(stages=[[kept, page]])
    if change == "longer":
        page.effort = 45
        page.save_revision().publish()
    elif change == "deleted":
        page.delete()
    elif change == "private":
        hide(page)
    else:
        page.unpublish()
    if change == "published again":
        page.save_revision().publish()
    wanted = {"longer": 65, "published again": 50}.get(change, 20)
    assert ContentPage.objects.get(pk=path.pk).minutes == wanted


def test_privacy_that_is_taken_away_gives_the_minutes_back():
    page = ResourcePageFactory(effort=30)
    path = LearningPathPageFactory(stages=[[page]])
    hide(page)
    PageViewRestriction.objects.all().delete()
    assert ContentPage.objects.get(pk=path.pk).minutes == 30


def test_a_path_of_very_long_courses_still_fits_its_column():
    courses = [ResourcePageFactory(effort=6000) for _ in range(7)]
    assert LearningPathPageFactory(stages=[courses]).minutes == 32_767


def test_search_engines_are_told_that_a_path_is_a_course(client):
    path = LearningPathPageFactory(stages=[[ResourcePageFactory(effort=90)]], audience="Analysts")
    data = json_ld(client, path)
    assert data["@type"] == "Course"
    assert data["provider"]["name"]
    assert data["hasCourseInstance"]["courseWorkload"] == "PT90M"
    assert data["audience"]["audienceType"] == "Analysts"


def test_the_list_of_paths_is_in_the_editors_order(client):
    paths = LearningPathPageFactory.create_batch(2)
    paths[1].move(paths[0], "left")
    page = html(client, LearningPathsPageFactory())
    assert page.index(paths[1].title) < page.index(paths[0].title)


# The library ---------------------------------------------------------------------------------------------------


def test_the_library_lists_what_is_below_it_and_filters_by_plain_links(client):
    area = AreaFactory()
    article = ArticlePageFactory(areas=[area], form="interview")
    resource = ResourcePageFactory()
    path = LearningPathPageFactory(stages=[[article]])
    library = LibraryPageFactory()
    everything = html(client, library)
    assert article.title in everything
    assert resource.title in everything
    assert f">{path.title}<" not in everything
    filtered = client.get(library.url, {"kind": "interview", "area": area.slug}).content.decode()
    assert article.title in filtered
    assert resource.title not in filtered


def test_no_public_page_says_anything_about_a_person(client):
    """Public pages are cached whole: what is personal comes as a fragment."""
    pages = [ArticlePageFactory(), ResourcePageFactory(), LearningPathPageFactory()]
    for page in [*pages, LibraryPageFactory(), LearningPathsPageFactory()]:
        response = client.get(Page.objects.get(pk=page.pk).url)
        assert "csrfmiddlewaretoken" not in response.content.decode()
        assert "Cookie" not in response.get("Vary", "")
        assert not response.cookies
