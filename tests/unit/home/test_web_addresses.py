"""Which addresses of the web are never asked."""

from __future__ import annotations

import ipaddress
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from home.web.addresses import is_public, parse, resolve
from home.web.errors import Refused, Unreachable

PRIVATE = [
    "http://127.0.0.1/",
    "http://localhost/",
    "http://portal.local/",
    "http://10.1.2.3/",
    "http://172.16.0.1/",
    "http://192.168.1.1/admin",
    "http://169.254.169.254/latest/meta-data/",
    "http://100.64.0.1/",
    "http://0.0.0.0/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.1/",
    "http://017700000001/",
    "http://127.1/",
    "http://[::1]/",
    "http://[::]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:a9fe:a9fe]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[2002:7f00:1::]/",
    "http://[fe80::1]/",
    "http://[fc00::1]/",
    "http://224.0.0.1/",
    "http://metadata.google.internal/",
]
NOT_OF_THE_WEB = [
    "ftp://example.org/",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "gopher://example.org/",
    "http://user:word@example.org/",
    "http://example.org:22/",
    "http://exa mple.org/",
    "http://example.org\\@127.0.0.1/",
    "http://example.org/\r\nHost: x",
    "http://[::1",
    "http://example.org:99999/",
    "https://",
    "http://example.org/" + "a" * 2000,
    "",
]


@pytest.mark.parametrize("address", PRIVATE + NOT_OF_THE_WEB)
def test_an_address_that_is_private_or_not_of_the_web_is_refused_as_written(address):
    with pytest.raises(Refused):
        parse(address)


@pytest.mark.parametrize(
    ("address", "host", "path"),
    [
        ("https://example.org", "example.org", "/"),
        ("https://EXAMPLE.org./a?b=c", "example.org", "/a?b=c"),
        ("https://bücher.de/x", "xn--bcher-kva.de", "/x"),
        ("http://93.184.216.34:8080/", "93.184.216.34", "/"),
        ("http://[2606:2800:220:1:248:1893:25c8:1946]/", "2606:2800:220:1:248:1893:25c8:1946", "/"),
    ],
)
def test_a_public_address_is_taken_apart(address, host, path):
    target = parse(address)

    assert (target.host, target.path) == (host, path)


@pytest.mark.parametrize(
    "answer", [["127.0.0.1"], ["93.184.216.34", "10.0.0.1"], ["::ffff:10.0.0.1"], ["fe80::1%eth0"]]
)
def test_a_name_with_any_private_address_is_refused(monkeypatch, answer):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: [(2, 1, 6, "", (ip, 80)) for ip in answer])

    with pytest.raises(Refused, match="private"):
        resolve(parse("http://example.org/"))


def test_a_name_that_nobody_has_is_said_to_be_so(monkeypatch):
    def unknown(*args, **kwargs):
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", unknown)

    with pytest.raises(Unreachable, match=r"No site has the name nowhere\.example"):
        resolve(parse("https://nowhere.example/"))


def test_what_is_let_through_for_tests_is_one_port_of_one_host(settings):
    settings.PRIVATE_WEB_HOSTS = frozenset({"127.0.0.1:4000"})

    assert resolve(parse("http://127.0.0.1:4000/")) == "127.0.0.1"
    with pytest.raises(Refused):
        parse("http://127.0.0.1:4001/")


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_fares_alike_however_it_is_wrapped_in_ipv6(ip):
    mapped = ipaddress.IPv6Address(0xFFFF_0000_0000 | int(ip))
    nat64 = ipaddress.IPv6Address(int(ipaddress.IPv6Address("64:ff9b::")) | int(ip))

    assert is_public(str(mapped)) == is_public(str(nat64)) == is_public(str(ip))
    assert not (is_public(str(ip)) and (ip.is_private or ip.is_loopback or ip.is_link_local or ip.is_multicast))


@given(st.ip_addresses(v=6))
def test_no_private_ipv6_address_is_called_public(ip):
    assert not (is_public(str(ip)) and (ip.is_private or ip.is_loopback or ip.is_link_local or ip.is_multicast))


@given(st.text(max_size=60))
def test_any_text_is_either_taken_apart_or_refused(text):
    for address in (text, f"http://{text}", f"https://example.org/{text}"):
        try:
            assert parse(address).scheme in {"http", "https"}
        except Refused:
            continue
