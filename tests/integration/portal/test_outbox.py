"""/dev/outbox/: the embedded default's mail, to be read in a browser."""

from __future__ import annotations

import re

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection
from django.test import Client

from tests.factories.home import HomePageFactory

pytestmark = pytest.mark.django_db
EVIL = "<script>alert(1)</script>"


@pytest.fixture(autouse=True)
def _to_files(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    HomePageFactory()


def message(subject: str, text: str = "Hello", html: str = "") -> EmailMultiAlternatives:
    mail = EmailMultiAlternatives(subject, text, "portal@example.org", ["reader@example.org"])
    if html:
        mail.attach_alternative(html, "text/html")
    return mail


def pages_of(*mails: EmailMultiAlternatives) -> list[str]:
    """Send the mails over one connection; return the addresses of their pages, newest first."""
    get_connection().send_messages(list(mails))
    return [f"/dev/outbox/{mail.name}/{mail.number}/" for mail in Client().get("/dev/outbox/").context["mails"]]


def test_every_mail_of_one_connection_is_listed_newest_first():
    pages_of(message("First"), message("Second"))
    page = Client().get("/dev/outbox/").content.decode()
    assert page.index("Second") < page.index("First")
    assert "reader@example.org" in page


def test_a_mail_shows_its_text_with_links_its_headers_and_its_html():
    (url,) = pages_of(
        message("Grüße", "See http://localhost:8000/digest/c/token", "<html><head></head><p>Hi</p></html>")
    )
    response = Client().get(url)
    assert re.search("frame-src[^;]* 'self'", response["Content-Security-Policy"])
    page = response.content.decode()
    assert "Grüße" in page
    assert '<a href="http://localhost:8000/digest/c/token"' in page
    assert "portal@example.org" in page
    assert 'sandbox="allow-popups' in page
    html = Client().get(f"{url}html")
    assert html["X-Frame-Options"] == "SAMEORIGIN"
    assert html.content.decode().startswith('<html><head><base target="_blank">')
    assert "script-src" not in html["Content-Security-Policy"]
    assert "default-src 'none'" in html["Content-Security-Policy"]
    assert "sandbox allow-popups" in html["Content-Security-Policy"]


def test_what_is_in_a_mail_does_not_run_on_our_page():
    (url,) = pages_of(message(EVIL, EVIL))
    for path in ("/dev/outbox/", url):
        assert EVIL not in Client().get(path).content.decode()


def test_an_empty_outbox_says_so():
    assert "Nothing has been sent yet" in Client().get("/dev/outbox/").content.decode()


@pytest.mark.parametrize(
    "path", ["20260101-000000-1.log/0/", "..%2fsecret-key/0/", "%2e%2e/0/", "x.log/0/html", "20260101-000000-1.log/99/"]
)
def test_nothing_else_can_be_read(path, settings):
    settings.EMAIL_FILE_PATH.mkdir(exist_ok=True)
    (settings.EMAIL_FILE_PATH.parent / "secret-key").write_text("secret")
    assert Client().get(f"/dev/outbox/{path}").status_code == 404
