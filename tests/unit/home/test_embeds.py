from __future__ import annotations

import socket

import pytest
from django.core.exceptions import ValidationError
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.embeds.exceptions import EmbedNotFoundException

from home.blocks import BodyBlock
from home.blocks.media import EmbedBlock
from home.embeds import AllowedProviderFinder, recognise

WATCH = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"


@pytest.fixture(autouse=True)
def _no_network(monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("a request was made")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.parametrize(
    ("address", "player"),
    [
        (WATCH, "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"),
        (f"{WATCH}&t=42s&list=PL1", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"),
        ("https://youtu.be/dQw4w9WgXcQ?si=abc", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"),
        ("https://www.youtube.com/embed/dQw4w9WgXcQ", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"),
        ("https://m.youtube.com/shorts/dQw4w9WgXcQ", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"),
        ("http://YouTube.com/watch?v=dQw4w9WgXcQ", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"),
        ("https://vimeo.com/76979871", "https://player.vimeo.com/video/76979871?dnt=1"),
        ("https://vimeo.com/76979871/abcdef0123", "https://player.vimeo.com/video/76979871?dnt=1&h=abcdef0123"),
        (
            "https://player.vimeo.com/video/76979871?h=abcdef0123",
            "https://player.vimeo.com/video/76979871?dnt=1&h=abcdef0123",
        ),
    ],
)
def test_a_video_is_played_from_a_host_that_sets_no_cookies(address, player):
    found = recognise(address)
    assert found
    assert found.player_url == player


REFUSED = [
    "http://169.254.169.254/latest/meta-data/",
    "http://127.0.0.1:8000/",
    "http://2130706433/watch?v=dQw4w9WgXcQ",
    "file:///etc/passwd",
    "javascript:alert(1)//www.youtube.com/watch?v=dQw4w9WgXcQ",
    "https://www.youtube.com.evil.test/watch?v=dQw4w9WgXcQ",
    "https://evil.test/?u=https://www.youtube.com/watch?v=dQw4w9WgXcQ",
    "https://www.youtube.com@evil.test/watch?v=dQw4w9WgXcQ",
    "https://user:password@www.youtube.com/watch?v=dQw4w9WgXcQ",
    "https://www.youtube.com:8443/watch?v=dQw4w9WgXcQ",
    "https://www.youtube.com:x/watch?v=dQw4w9WgXcQ",
    "https://notyoutube.com/watch?v=dQw4w9WgXcQ",
    'https://www.youtube.com/watch?v="><script>alert(1)</script>',
    "https://www.youtube.com/redirect?q=http://127.0.0.1/",
    "https://www.youtube.com/@somebody",
    "https://youtu.be/dQw4w9WgXcQ/../../x",
    "https://vimeo.com/channels/staffpicks",
    "https://vimeo.com/1/<script>",
    "https://[::1]/watch?v=dQw4w9WgXcQ",
    "",
]


@pytest.mark.parametrize("address", REFUSED)
def test_any_other_address_is_refused_and_nothing_is_asked(address):
    finder = AllowedProviderFinder()
    assert recognise(address) is None
    assert not finder.accept(address)
    with pytest.raises(EmbedNotFoundException):
        finder.find_embed(address)


@pytest.mark.parametrize("address", [address for address in REFUSED if address.startswith("http")])
def test_the_editor_is_told_beside_the_field(address):
    block = EmbedBlock()
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(block.to_python({"video": address, "caption": ""}))
    error = refused.value.block_errors["video"]
    assert isinstance(error, ValidationError)
    assert error.messages


def test_an_embed_is_an_iframe_that_loads_late_and_needs_no_network():
    block = BodyBlock()
    value = block.to_python([{"type": "embed", "value": {"video": WATCH, "caption": "An <b>old</b> song"}}])
    html = block.render(block.clean(value))
    assert '<iframe src="https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"' in html
    assert 'loading="lazy"' in html
    assert "An &lt;b&gt;old&lt;/b&gt; song" in html


def test_an_address_that_was_stored_before_it_was_refused_breaks_no_page():
    block = BodyBlock()
    value = block.to_python([{"type": "embed", "value": {"video": "https://example.org/film", "caption": ""}}])
    html = block.render(value)
    assert "<iframe" not in html
    assert 'href="https://example.org/film"' in html


def test_wagtail_finds_the_same_embed_without_a_request():
    found = AllowedProviderFinder().find_embed(WATCH)
    assert found["provider_name"] == "YouTube"
    assert "youtube-nocookie.com/embed/dQw4w9WgXcQ" in found["html"]
