"""An owner changes the look without code: in the admin, and with the next request in every page."""

from __future__ import annotations

import gzip
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from wagtail.models import Site
from wagtail.test.utils.form_data import nested_form_data, streamfield

from home.models import CustomImage, SiteIdentity
from tests.factories.accounts import AdminFactory
from tests.factories.home import HomePageFactory

pytestmark = pytest.mark.django_db

ADDRESS = re.compile(r'<link rel="stylesheet" href="(/look/[0-9a-f]+\.css)">')


@pytest.fixture
def home():
    return HomePageFactory()


@pytest.fixture
def owner(client):
    client.force_login(AdminFactory())
    return client


def save(owner, *links: tuple[str, str], **values: object):
    site = Site.objects.get(is_default_site=True)
    blocks = streamfield([("link", {"name": name, "url": url}) for name, url in links])
    usual = {"name": "Evenings", "strapline": "", "logo": "", "colour": "", "fonts": "book", "contact_email": ""}
    data = nested_form_data({"site": site.pk, **usual, **values, "links": blocks})
    return owner.post(f"/admin/settings/home/siteidentity/{site.pk}/", data)


def stylesheet_of(home) -> str:
    found = ADDRESS.search(Client().get(home.url).content.decode())
    assert found is not None
    return found[1]


def test_a_saved_colour_and_fonts_are_in_the_next_page(home, owner, django_capture_on_commit_callbacks):
    before = stylesheet_of(home)
    with django_capture_on_commit_callbacks(execute=True):
        answer = save(owner, colour="#1f6f54", fonts="plain")
    after = stylesheet_of(home)
    assert answer.status_code == 302
    assert after != before
    css = Client().get(after).content.decode()
    assert "--base:166" in css
    assert css.rindex("--sans:system-ui") > css.rindex("@layer tokens")


def test_a_grey_is_refused_beside_its_field_and_nothing_is_changed(home, owner):
    answer = save(owner, colour="#808080", name="Another name")
    assert answer.status_code == 200
    assert "is a grey" in answer.content.decode()
    assert not SiteIdentity.objects.filter(name="Another name").exists()


def test_a_colour_too_light_for_words_is_taken_and_the_desk_says_what_became_of_it(home, owner):
    assert save(owner, colour="#ffff00").status_code == 302
    site = Site.objects.get(is_default_site=True)
    said = owner.get(f"/admin/settings/home/siteidentity/{site.pk}/").content.decode()
    assert "Words in #ffff00 itself would be 1.0 to 1" in said
    assert "its hue, 110, is used" in said


def test_links_elsewhere_are_in_the_footer_and_lead_to_the_web_only(home, owner, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert save(owner, ("LinkedIn", "https://example.org/us")).status_code == 302
    assert '<a rel="me" href="https://example.org/us">LinkedIn' in Client().get(home.url).content.decode()
    assert save(owner, ("Trap", "javascript:alert(1)")).status_code == 200


def test_a_logo_that_is_a_drawing_with_scripts_is_refused_in_words(home, owner):
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>'
    file = SimpleUploadedFile("logo.svg", drawing, "image/svg+xml")
    logo = CustomImage.objects.create(title="Logo", file=file, width=9, height=9)
    answer = save(owner, logo=logo.pk)
    assert answer.status_code == 200
    assert "An SVG can carry scripts. Choose a PNG, JPEG, WebP or AVIF picture." in answer.content.decode()


def test_the_stylesheet_may_be_kept_for_ever_under_its_own_address_only(home, client):
    address = stylesheet_of(home)
    own, other = client.get(address), client.get("/look/0123456789abcdef.css")
    assert "immutable" in own["Cache-Control"]
    assert other["Cache-Control"] == "public, max-age=60"
    assert own.content == other.content


def test_the_stylesheet_travels_compressed_where_that_is_understood(home, client):
    address = stylesheet_of(home)
    small = client.get(address, headers={"accept-encoding": "gzip, br"})
    assert small["Content-Encoding"] == "gzip"
    assert gzip.decompress(small.content) == client.get(address).content


def test_one_request_blocks_the_first_paint_of_a_page(home, client):
    head = client.get(home.url).content.decode().split("</head>")[0]
    assert len(re.findall(r'<link rel="stylesheet"', head)) == 1
    assert re.findall(r"<script[^>]*\bsrc=[^>]*>", head) == []


def test_the_longest_name_is_shown_whole(home, owner, django_capture_on_commit_callbacks):
    name = "Project office practitioners of the northern counties, again"
    with django_capture_on_commit_callbacks(execute=True):
        assert save(owner, name=name).status_code == 302
    assert f"<span>{name}</span>" in Client().get(home.url).content.decode()
    assert save(owner, name="x" * 300).status_code == 200
