"""The raw bytes that a mail server gets: headers on one line, uncoded, and none that somebody smuggled in."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.policy import default

import pytest

from digests.delivery import sending
from digests.models import Delivery, Subscriber
from tests.factories.digests import DeliveryFactory, SubscriberFactory, new_article

pytestmark = pytest.mark.django_db
LONGEST_HOST = "https://a-rather-long-name-of-a-community-portal.learning.example-organisation.org"


def header(raw: bytes, name: str) -> bytes:
    """The header's line as it is, without the lines that a fold would add."""
    found = re.search(rb"^" + name.encode() + rb": ?(.*)\r\n", raw, re.MULTILINE)
    assert found
    return found[1]


@pytest.mark.parametrize("base_url", ["http://localhost:8000", "https://portal.example.org", LONGEST_HOST])
@pytest.mark.parametrize("number", [1, 2**20, 2**40])
def test_the_unsubscribe_link_is_raw_on_one_line(sink, settings, base_url, number):
    settings.BASE_URL = base_url
    new_article()
    DeliveryFactory(subscriber=SubscriberFactory(pk=number))
    sending.send_due()
    raw = sink.raw[0]
    assert re.fullmatch(rb"<" + base_url.encode() + rb"/digest/u/[\w-]{23,30}>", header(raw, "List-Unsubscribe"))
    assert header(raw, "List-Unsubscribe-Post") == b"List-Unsubscribe=One-Click"
    assert header(raw, "Auto-Submitted") == b"auto-generated"
    assert re.search(rb"<digest\.[\w.-]+>", header(raw, "List-ID"))
    assert b"=?" not in raw.partition(b"\r\n\r\n")[0]


def test_an_ordinary_host_keeps_the_link_within_75_characters(sink, settings):
    settings.BASE_URL = "https://careers.our-community.org"
    new_article()
    DeliveryFactory(subscriber=SubscriberFactory(pk=2**24 - 1))
    sending.send_due()
    assert len(header(sink.raw[0], "List-Unsubscribe").strip(b"<>")) <= 75


def test_the_message_id_is_the_rows_own(sink, settings):
    settings.DIGEST_FROM_EMAIL = "Career Portal <digest@portal.example.org>"
    new_article()
    row = DeliveryFactory()
    sending.send_due()
    message = message_from_bytes(sink.raw[0])
    assert message["Message-ID"] == f"<{row.message_id}@portal.example.org>"
    assert message["From"] == "Career Portal <digest@portal.example.org>"
    assert message.get_all("To") == [row.subscriber.email]
    assert not message["Bcc"]
    assert not message["Cc"]


@pytest.mark.parametrize(
    "title",
    [
        "Bob\r\nBcc: x@y.org",
        "Bob\nX-Evil: yes",
        "{{ 7|add:7 }} {% now %}",
        "<img src=x onerror=alert(1)>",
        "🎉 نص من اليمين إلى اليسار",
        "x" * 255,
        "\u202egnirts\x00",
    ],
)
def test_a_title_is_only_ever_a_title(sink, title):
    title = title.replace("\x00", "") if "\x00" in title else title
    new_article(title=title, summary=f"{title} javascript:alert(1)", slug="a-page")
    DeliveryFactory()
    sending.send_due()
    message = message_from_bytes(sink.raw[0], policy=default)
    assert len(message["Subject"]) <= 150
    assert set(message.keys()) == {
        "Content-Type",
        "MIME-Version",
        "Subject",
        "From",
        "To",
        "Date",
        "Message-ID",
        "List-ID",
        "List-Unsubscribe",
        "List-Unsubscribe-Post",
        "Auto-Submitted",
        "X-Auto-Response-Suppress",
        "Precedence",
    }
    html = message.get_body(("html",)).get_content()
    assert "<img src=x" not in html
    assert 'href="javascript:' not in html
    assert Delivery.objects.get().outcome == "sent"
    assert Subscriber.objects.count() == 1
