"""Every component of the design system, with the least it can be given and with everything."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.conf import settings
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template.loader import render_to_string
from django.test import RequestFactory

from home.blocks import BodyBlock
from home.models import Area, ContentPage, Person
from portal.dev import style
from portal.dev.style_samples import BODY, SampleForm

pytestmark = pytest.mark.django_db

TEMPLATES = Path(settings.BASE_DIR) / "templates"
COMPONENTS = {path.stem for path in (TEMPLATES / "components").glob("*.html")}


def bare_page() -> ContentPage:
    page = rich_page()
    bare = ContentPage(pk=page.pk, title="Bare", kind="article", url_path=page.url_path, published_on=None)
    bare.areas = []
    return bare


def rich_page() -> ContentPage:
    return style.sample_pages(style.sample_areas())[3]


def ancestors() -> list[ContentPage]:
    """The root, the front page and the library."""
    titles = ("Root", "Home", "Library")
    path = rich_page().url_path
    return [ContentPage(title=title, depth=depth, url_path=path) for depth, title in enumerate(titles, start=1)]


def table(value: dict[str, Any]) -> Any:
    return BodyBlock().to_python([{"type": "table", "value": value}])[0].value["table"]


TABLE = next(block["value"] for block in BODY if block["type"] == "table")
EMPTY_TABLE = {"caption": "", "source": "", "table": {"columns": [], "rows": [], "caption": ""}}
DOCUMENT = SimpleNamespace(url="#document", title="Worksheet", file_extension="pdf", file_size=2048)
FORM = SampleForm({"email": "nobody"})

#: component: (the least, everything, what is then to be read)
CASES: dict[str, tuple[Any, Any, str]] = {
    "area_door": (lambda: {"area": Area(slug="mentoring")}, lambda: {"area": style.sample_areas()[0]}, "Two sentences"),
    "article_head": (
        lambda: {"page": bare_page()},
        lambda: {"page": rich_page(), "credits": [SimpleNamespace(person=style.sample_person())]},
        "Hannah Sinclair",
    ),
    "badge": (lambda: {"text": "Done"}, lambda: {"text": "Done", "tone": "good", "sign": "check"}, "badge-good"),
    "banner": (lambda: {"text": "News"}, lambda: {"text": "News", "url": "#more", "label": "More"}, "#more"),
    "bar": (
        lambda: {"id": "bar", "label": "Waiting"},
        lambda: {"id": "bar", "label": "Encoding", "percent": 62.4, "note": "Soon"},
        'value="62"',
    ),
    "breadcrumbs": (dict, lambda: {"page": {"depth": 4, "get_ancestors": ancestors()}}, ">Library<"),
    "byline": (
        lambda: {"page": None},
        lambda: {"page": rich_page(), "credits": [SimpleNamespace(person=style.sample_person())]},
        "1 h 35 min",
    ),
    "callout": (
        lambda: {"text": "Words"},
        lambda: {"style": "warning", "title": "Beware", "text": "Words"},
        "hue-alarm",
    ),
    "card": (lambda: {"page": bare_page()}, lambda: {"page": rich_page(), "look": "row"}, "Go to article"),
    "cover": (lambda: {"page": bare_page()}, lambda: {"page": rich_page()}, "#pattern-networking"),
    "digest_band": (dict, dict, "/digest/subscribe/"),
    "done": (lambda: {"page": ContentPage(title="Not saved yet")}, lambda: {"page": rich_page()}, "data-fragment"),
    "download": (
        dict,
        lambda: {"document": DOCUMENT, "description": "For the kitchen table"},
        "PDF, 2.0\xa0KB",
    ),
    "empty": (
        lambda: {"title": "Nothing"},
        lambda: {"title": "Nothing", "text": "Yet", "url": "#all", "label": "All"},
        "#all",
    ),
    "error": (
        lambda: {"title": "Lost"},
        lambda: {"title": "Lost", "text": "Where?", "code": "404", "search": True},
        'action="/search/"',
    ),
    "eyebrow": (lambda: {"page": bare_page()}, lambda: {"page": rich_page()}, "/areas/networking/"),
    "face": (lambda: {"person": Person(name="")}, lambda: {"person": style.sample_person()}, "HS"),
    "field_notes": (lambda: {"field": FORM["about"]}, lambda: {"field": FORM["email"]}, 'id="id_email_error"'),
    "filters": (lambda: {"listing": {}}, lambda: {"listing": style.sample_listing([rich_page()])}, "Remove the filter"),
    "footer": (dict, lambda: {"shell": {"footer_pages": [{"title": "About", "url": "/about/"}]}}, "/about/"),
    "hero": (
        lambda: {"title": "Good company"},
        lambda: {"title": "Good company", "text": "Read", "url": "#go", "label": "Begin"},
        "#go",
    ),
    "keep": (dict, lambda: {"page": {"pk": 4}}, "Bookmark"),
    "listing": (
        lambda: {"listing": {}},
        lambda: {"listing": style.sample_listing([rich_page()])},
        'class="listing"',
    ),
    "masthead": (
        dict,
        lambda: {"shell": {"navigation": [{"title": "Library", "url": "/library/", "current": True}]}},
        'aria-current="page"',
    ),
    "messages": (
        dict,
        lambda: {"messages": [Message(constants.SUCCESS, "Saved")]},
        "<span>Saved</span>",
    ),
    "notes": (dict, lambda: {"page": {"pk": 4, "body": "words"}}, "My notes"),
    "pagination": (lambda: {"listing": {}}, lambda: {"listing": style.sample_listing([rich_page()])}, 'rel="next"'),
    "part_row": (
        lambda: {"part": bare_page(), "number": 1},
        lambda: {"part": rich_page(), "number": 2},
        "1 h 35 min",
    ),
    "part_steps": (
        dict,
        lambda: {"previous_part": bare_page(), "next_part": rich_page()},
        'rel="next"',
    ),
    "person": (
        lambda: {"person": Person(name="Bo", slug="bo")},
        lambda: {"person": style.sample_person()},
        "Tarn Water",
    ),
    "read_next": (dict, lambda: {"pages": [rich_page()], "title": "Read next"}, "Read next"),
    "ring": (lambda: {"label": "None"}, lambda: {"label": "2 of 5", "percent": 40}, 'stroke-dasharray="40 100"'),
    "route": (lambda: {"stages": []}, lambda: {"stages": style.sample_route([rich_page()] * 4)}, "stop-optional"),
    "stage_facts": (
        lambda: {"stage": style.sample_route([rich_page()] * 4)[0].stage},
        lambda: {"stage": style.sample_route([rich_page()] * 4)[1].stage},
        "Opens when these are done",
    ),
    "short_form": (dict, lambda: {"area": "tools"}, "?area=tools"),
    "seo": (dict, lambda: {"canonical_url": "https://example.org/areas/a/"}, 'rel="canonical"'),
    "stop": (
        lambda: {"step": {"page": bare_page(), "required": True}},
        lambda: {"step": {"page": rich_page(), "note": "Why now", "required": False, "number": 1}},
        "Optional",
    ),
    "table": (
        lambda: {"caption": "Nothing", "table": table(EMPTY_TABLE)},
        lambda: {"caption": TABLE["caption"], "table": table(TABLE)},
        '<th scope="col" class="number">',
    ),
    "table_art": (dict, dict, "<svg"),
    "tags": (
        lambda: {"page": None},
        lambda: {"page": {"tags": {"all": [SimpleNamespace(slug="pay", name="Pay")]}}},
        "?tag=pay",
    ),
    "toc": (
        lambda: {"headings": []},
        lambda: {"headings": [{"anchor": "pay", "text": "Pay", "level": "h3"}]},
        'class="sub"',
    ),
}


def render(name: str, context: dict[str, Any]) -> str:
    return render_to_string(f"components/{name}.html", {"request": RequestFactory().get("/")} | context)


def test_every_component_has_a_case_here():
    assert set(CASES) == COMPONENTS


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_component_renders_with_the_least_it_can_be_given(name):
    html = render(name, CASES[name][0]())
    assert "None" not in html.replace('aria-label="None"', "")


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_component_shows_everything_it_is_given(name):
    _least, everything, expected = CASES[name]
    assert expected in render(name, everything())


@pytest.mark.parametrize("block", BODY, ids=[f"{number}-{block['type']}" for number, block in enumerate(BODY)])
def test_a_block_of_a_body_renders_its_own_template(block):
    (child,) = BodyBlock().to_python([block])
    html = child.render()
    assert html.strip()
    assert "StructValue" not in html


def test_a_table_has_a_caption_and_headers_with_scope():
    html = render("table", {"caption": "Two offers", "table": table(TABLE)})
    assert "<caption>Two offers</caption>" in html
    assert re.findall(r'<th scope="(\w+)"', html) == ["col", "col", "row", "row"]


def test_a_field_that_is_wrong_says_so_beside_itself():
    html = str(SampleForm({"email": "nobody"}))
    field = re.search(r"<input[^>]*name=\"email\"[^>]*>", html)
    assert field is not None
    assert 'aria-invalid="true"' in field[0]
    assert 'aria-describedby="id_email_helptext id_email_error"' in field[0]
    assert 'id="id_email_error"' in html
    assert '<label for="id_email">' in html


def test_a_group_of_choices_is_a_fieldset_with_a_legend():
    html = str(SampleForm()["areas"].as_field_group())
    assert "<fieldset" in html
    assert "<legend>Areas</legend>" in html


def test_fields_that_may_stay_empty_say_so():
    class Both(forms.Form):
        needed = forms.CharField()
        free = forms.CharField(required=False)

    assert str(Both()).count("(optional)") == 1


INLINE = re.compile(
    r"""(?<!with)\sstyle=["']|\son[a-z]+=["']|<style|<script(?![^>]*(?:\ssrc=|application/(?:ld\+)?json))"""
)
MAIL = ("emails", "account/email", "mfa/email")


def test_no_template_needs_what_the_content_security_policy_forbids():
    found = [
        f"{path.relative_to(TEMPLATES)}: {match[0]}"
        for path in TEMPLATES.rglob("*.html")
        if not str(path.relative_to(TEMPLATES)).startswith(MAIL)
        for match in INLINE.finditer(path.read_text())
    ]
    assert not found
