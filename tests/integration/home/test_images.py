"""Images that would fill the memory, or that are none."""

from __future__ import annotations

import io
import struct
import zlib
from functools import partial

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from PIL import Image
from wagtail.images import get_image_model
from wagtail.images.forms import get_image_form

from home.models import ContentPage
from tests.factories.careers import ArticlePageFactory
from tests.factories.home import ImageFactory

pytestmark = pytest.mark.django_db


def png_of(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is as large as that."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


def gif_of(frames: int) -> bytes:
    pictures = [Image.new("L", (400, 400), index % 256) for index in range(frames)]
    file = io.BytesIO()
    pictures[0].save(file, "GIF", save_all=True, append_images=pictures[1:], duration=20)
    return file.getvalue()


def upload(name: str, content: bytes, content_type: str):
    form = get_image_form(get_image_model())
    data = {"title": "A picture", "collection": 1, "description": "What is seen"}
    return form(data, {"file": SimpleUploadedFile(name, content, content_type)})


def test_a_picture_is_taken():
    file = io.BytesIO()
    Image.new("RGB", (64, 36)).save(file, "PNG")
    assert upload("fine.png", file.getvalue(), "image/png").is_valid()


@pytest.mark.parametrize(
    ("name", "content", "content_type"),
    [
        ("huge.png", png_of(30000, 30000), "image/png"),
        ("many.gif", partial(gif_of, 900), "image/gif"),
        ("drawing.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "image/svg+xml"),
        ("page.png", b"<!doctype html><script>alert(1)</script>", "image/png"),
        ("drawing.png", b'<svg xmlns="http://www.w3.org/2000/svg"></svg>', "image/png"),
        ("empty.png", b"", "image/png"),
    ],
)
def test_anything_else_is_refused_with_words_beside_the_field(name, content, content_type):
    form = upload(name, content() if callable(content) else content, content_type)
    assert not form.is_valid()
    assert form.errors["file"]
    assert not get_image_model().objects.exists()


def test_too_many_pixels_is_what_the_editor_reads():
    assert "pixels" in str(upload("huge.png", png_of(30000, 30000), "image/png").errors["file"])


def test_the_alternative_text_is_the_description_never_the_file_name():
    image = get_image_model()(title="IMG_2034.jpg", description="Two people at a wall of notes")
    assert image.default_alt_text == "Two people at a wall of notes"
    assert get_image_model()(title="IMG_2034.jpg").default_alt_text == ""


def cover_of(page) -> str:
    return render_to_string("components/cover.html", {"page": page})


def test_a_cover_is_offered_in_two_formats_and_two_sizes_with_its_measures():
    html = cover_of(ArticlePageFactory(cover=ImageFactory(file__width=1600, file__height=900)))
    assert [kind for kind in ("avif", "webp") if f"format-{kind}.{kind} 640w" in html] == ["avif", "webp"]
    assert 'width="320"' in html
    assert 'height="180"' in html
    assert "1280w" not in html


def test_the_cover_at_the_head_of_a_page_comes_first_and_larger():
    article = ArticlePageFactory(cover=ImageFactory(file__width=1600, file__height=900))
    html = render_to_string("components/cover.html", {"page": article, "loading": "eager", "sizes": "30rem"})
    assert "1280w" in html
    assert 'fetchpriority="high"' in html
    assert 'sizes="30rem"' in html


def test_a_cover_is_cut_around_what_matters_in_it():
    image = ImageFactory(file__width=1600, file__height=1600)
    before = image.get_rendition("fill-640x360|format-webp").file.name
    image.focal_point_x, image.focal_point_y, image.focal_point_width, image.focal_point_height = 800, 200, 100, 100
    image.save()
    assert image.get_rendition("fill-640x360|format-webp").file.name != before


def test_a_list_of_cards_finds_its_pictures_in_one_query():
    for _number in range(3):
        cover_of(ArticlePageFactory(cover=ImageFactory(file__width=1600, file__height=900)))
    pages = list(ContentPage.objects.visible().for_cards())
    with CaptureQueriesContext(connection) as queries:
        assert all("avif" in cover_of(page) for page in pages)
    assert len(queries) == 0
