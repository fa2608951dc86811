"""Titles and notes that would break a mail, or whoever reads it."""

from __future__ import annotations

from datetime import date
from email import message_from_bytes
from email.policy import default

import pytest

from digests.links import Links
from digests.messages import build
from digests.models import Delivery, Subscriber
from digests.rendering import Rendered, render
from digests.selection import Digest, Section
from tests.factories.digests import marketplace, new_article

pytestmark = pytest.mark.django_db
TITLE = "Zoë 😀 \u202eمرحبا\r\nBcc: all@example.org <script>" + "x" * 500
NOTE = (
    '<p onclick="x()">Hello <a href="javascript:alert(1)">you</a>, <a href="/library/">read</a>'
    '<img src="data:image/png;base64,AA"><script>x()</script></p>'
)


@pytest.fixture
def mail(settings) -> Rendered:
    settings.BASE_URL = "https://portal.example.org"
    page = new_article()
    page.title = page.summary = TITLE
    digest = Digest("weekly", [Section(marketplace(), [page])], note=NOTE)
    return render(digest, links=Links.of_nobody(), on=date(2026, 11, 23))


def test_a_hostile_title_makes_a_valid_message_with_a_short_subject(mail):
    message = build(Delivery(subscriber=Subscriber(email="reader@example.org")), mail, Links.of_nobody())

    parsed = message_from_bytes(message.email().message().as_bytes(), policy=default)

    assert parsed["Subject"] == mail.subject
    assert len(mail.subject) <= 150
    assert "Zoë 😀" in parsed["Subject"]
    assert (parsed["Bcc"], parsed.defects) == (None, [])
    assert [part.get_content_type() for part in parsed.iter_parts()] == ["text/plain", "text/html"]
    assert all("مرحبا" in part.get_content() for part in parsed.iter_parts())


def test_nothing_in_it_runs_and_no_link_or_picture_is_unsafe(mail):
    for forbidden in ("javascript:", "data:", "<script", "onclick"):
        assert forbidden not in mail.html.lower()
    assert "javascript:" not in mail.text
    assert "Hello you, <a" in mail.html.replace("\n", " ")
    assert "read (https://portal.example.org/library/)" in mail.text
