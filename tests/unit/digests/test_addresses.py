"""Which addresses are taken (bad inputs 11 to 13)."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from digests.addresses import parse


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nobody",
        "a@b",
        "a@localhost",
        ".a@b.com",
        "a.@b.com",
        "a@b..com",
        "a@.b.com",
        "a@b.com\n",
        "a@b.com\r\nBcc: x@y.com",
        "a\x00@b.com",
        "a\u202e@b.com",
        "a b@b.com",
        "a@b.com, c@d.com",
        "A <a@b.com>",
        '"<script>"@b.com',
        "a" * 65 + "@b.com",
        "a@[127.0.0.1]",
        "a@127.0.0.1",
        "a@[IPv6:::1]",
        "é@b.com",
        "a" * 60 + "@" + "b" * 60 + "." + "c" * 400 + ".com",
        "a@" + "b." * 130 + "com",
        "a@-b.com",
    ],
)
def test_is_refused(text):
    with pytest.raises(ValidationError):
        parse(text)


@pytest.mark.parametrize(
    ("text", "email"),
    [
        ("a@b.com", "a@b.com"),
        ("  a@b.com ", "a@b.com"),
        ("First.Last+digest@Example.ORG", "First.Last+digest@example.org"),
        ("a@bücher.de", "a@xn--bcher-kva.de"),
        ("a@BÜCHER.de", "a@xn--bcher-kva.de"),
        ("a@xn--bcher-kva.de", "a@xn--bcher-kva.de"),
        ("a" * 64 + "@b.com", "a" * 64 + "@b.com"),
    ],
)
def test_is_sent_to_in_the_form_that_mail_servers_take(text, email):
    assert parse(text).email == email


def test_capitals_make_no_second_address():
    assert parse("A@B.COM").key == parse("a@b.com").key


def test_a_domain_and_its_coded_form_are_one():
    assert parse("a@bücher.de").key == parse("a@xn--bcher-kva.de").key
