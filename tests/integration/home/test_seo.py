from __future__ import annotations

import json
import re
from html import unescape

import pytest
from django.template import Context, Template
from wagtail.models import PageViewRestriction

from home.models import Area
from tests.factories.careers import ArticlePageFactory
from tests.factories.home import HomePageFactory, ImageFactory, PersonFactory, StandardPageFactory

pytestmark = pytest.mark.django_db


def meta(text: str, name: str) -> str:
    found = re.search(rf'<meta (?:name|property)="{name}" content="([^"]*)"', text)
    assert found, f"no {name}"
    return unescape(found[1])


def json_ld(text: str) -> dict:
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.S)
    return json.loads(found)


def test_an_article_says_who_it_is_to_networks_and_search_engines(client):
    page = ArticlePageFactory(
        title="Ask for more", summary="How & when.", cover=ImageFactory(file__width=1400, file__height=800)
    )
    text = client.get(page.url).text
    assert meta(text, "og:title") == "Ask for more"
    assert meta(text, "og:description") == meta(text, "description") == "How & when."
    assert meta(text, "og:type") == "article"
    assert meta(text, "og:image").startswith("http")
    assert (meta(text, "og:image:width"), meta(text, "og:image:height")) == ("1200", "630")
    assert f'<link rel="canonical" href="{page.full_url}">' in text
    assert json_ld(text)["url"] == page.full_url


def test_json_ld_cannot_end_its_script_element(rf):
    page = StandardPageFactory(title="</script><script>alert(1)</script><!-- & \u2028")
    html = Template("{% load seo_tags %}{% json_ld page %}").render(Context({"page": page, "request": rf.get("/")}))
    assert html.count("<") == 2
    assert json_ld(html)["name"] == page.title


@pytest.mark.parametrize("make", [HomePageFactory, StandardPageFactory, ArticlePageFactory])
def test_every_page_has_one_canonical_address(client, make):
    page = make()
    text = client.get(f"{page.url}?utm_source=x").text
    assert re.findall(r'<link rel="canonical" href="([^"]+)"', text) == [page.full_url]


@pytest.mark.parametrize("make", [lambda: Area.objects.get(slug="training"), PersonFactory])
def test_areas_and_people_have_one_too(client, settings, make):
    shown = make()
    text = client.get(f"{shown.get_absolute_url()}?page=2").text
    canonical = re.findall(r'<link rel="canonical" href="([^"]+)"', text)
    assert canonical == [f"{settings.BASE_URL}{shown.get_absolute_url()}"]


# Sitemap and robots -----------------------------------------------------------------------------------------------


def locations(client, url: str) -> list[str]:
    response = client.get(url)
    assert response.status_code == 200
    return re.findall(r"<loc>(.*?)</loc>", response.text)


def test_the_sitemap_leads_to_its_sections(client):
    sections = [location.partition("://")[2].partition("/")[2] for location in locations(client, "/sitemap.xml")]
    assert sections == ["sitemap-pages.xml", "sitemap-areas.xml", "sitemap-people.xml"]


def test_the_sitemap_has_public_pages_alone(client):
    shown = StandardPageFactory()
    draft = StandardPageFactory(live=False)
    private = StandardPageFactory()
    below = StandardPageFactory(parent=private)
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    found = locations(client, "/sitemap-pages.xml")
    assert shown.full_url in found
    assert not {draft.full_url, private.full_url, below.full_url} & set(found)


def test_the_sitemap_says_when_a_page_last_changed(client):
    page = StandardPageFactory()
    page.save_revision().publish()
    page.refresh_from_db()
    assert f"<lastmod>{page.last_published_at:%Y-%m-%d}</lastmod>" in client.get("/sitemap-pages.xml").text


def test_areas_and_people_are_in_the_sitemap(client):
    person = PersonFactory()
    assert any(one.endswith("/areas/networking/") for one in locations(client, "/sitemap-areas.xml"))
    assert any(one.endswith(person.get_absolute_url()) for one in locations(client, "/sitemap-people.xml"))


def test_a_section_that_does_not_exist_is_not_found(client):
    assert client.get("/sitemap-secrets.xml").status_code == 404


def test_robots_are_told_what_to_leave_alone(client, settings):
    text = client.get("/robots.txt").text
    assert "Disallow: /admin/" in text
    assert f"Sitemap: {settings.BASE_URL}/sitemap.xml" in text
