"""One request to another site, against a real server that answers by script."""

from __future__ import annotations

import socket
import socketserver
import threading
import time
from contextlib import contextmanager, suppress

import pytest

from home.web.errors import Refused, TooMuch, Unreachable
from home.web.fetching import fetch


def test_an_answer_has_its_status_kind_and_beginning_and_we_say_who_asks(site, settings):
    site.answers["/a"] = (200, {"Content-Type": "text/html; charset=utf-8"}, b"x" * 5000)

    answer = fetch(site.address("/a#part"), most=1000)

    assert (answer.status, answer.content_type, len(answer.body), answer.moved_to) == (200, "text/html", 1000, "")
    assert site.asked == [("GET", "/a")]
    assert settings.BASE_URL in site.headers[0]["User-Agent"]


def test_a_permanent_move_is_told_apart_from_one_for_now(site):
    site.answers |= {
        "/old": (301, {"Location": "/new"}, b""),
        "/now": (302, {"Location": "/new"}, b""),
        "/both": (301, {"Location": "/now"}, b""),
        "/new": 200,
    }

    assert fetch(site.address("/old")).moved_to == site.address("/new")
    assert fetch(site.address("/now")).moved_to == ""
    assert fetch(site.address("/both")).moved_to == ""


def test_a_circle_of_addresses_ends(site):
    site.answers["/a"] = (302, {"Location": "/a"}, b"")

    with pytest.raises(Unreachable, match="without end"):
        fetch(site.address("/a"))

    assert len(site.asked) == 6


@pytest.mark.parametrize(
    "location", ["http://{guarded}/", "http://169.254.169.254/", "file:///etc/passwd", "//localhost/"]
)
def test_a_redirect_to_a_private_address_is_refused_and_never_asked(site, guarded_site, location):
    site.answers["/a"] = (302, {"Location": location.format(guarded=guarded_site.host)}, b"")

    with pytest.raises(Refused):
        fetch(site.address("/a"))


def test_the_address_that_was_judged_is_the_one_that_is_asked(site, settings, monkeypatch):
    """A name that leads elsewhere at the second look-up gains nothing: there is no second look-up."""
    port = int(site.host.rpartition(":")[2])
    site.answers["/"] = 200
    looked_up = []
    real = socket.getaddrinfo

    def rebinding(host, *args, **kwargs):
        if host != "rebinding.example":
            return real(host, *args, **kwargs)
        looked_up.append(host)
        return [(2, 1, 6, "", ("127.0.0.1" if len(looked_up) == 1 else "10.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    settings.PRIVATE_WEB_HOSTS = frozenset({f"rebinding.example:{port}"})

    assert fetch(f"http://rebinding.example:{port}/").status == 200
    assert looked_up == ["rebinding.example"]
    assert site.headers[0]["Host"] == f"rebinding.example:{port}"


def test_more_than_was_allowed_is_refused_when_it_must_be_whole(site):
    site.answers["/big"] = (200, {}, b"x" * 3_000_000)

    with pytest.raises(TooMuch, match="larger than 2 MB"):
        fetch(site.address("/big"), most=2 * 1024 * 1024, whole=True)


def test_a_site_that_is_not_there_is_said_to_be_so(settings):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{free.getsockname()[1]}"
    settings.PRIVATE_WEB_HOSTS = frozenset({host})

    with pytest.raises(Unreachable, match="No connection"):
        fetch(f"http://{host}/")


@contextmanager
def talker(settings, beginning: bytes, drop: bytes, *, pause: float):
    """A server that says `beginning`, and then `drop` again and again, without an end."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with suppress(OSError):
                self.request.sendall(beginning)
                while not over.wait(pause):
                    self.request.sendall(drop)

    over = threading.Event()
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        host = f"127.0.0.1:{server.server_address[1]}"
        settings.PRIVATE_WEB_HOSTS = frozenset({host})
        try:
            yield f"http://{host}/"
        finally:
            over.set()
            server.shutdown()


@pytest.mark.parametrize(
    ("beginning", "drop"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", b"x"),
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", b"x"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        (b"HTTP/1.1 200 OK\r\nX-Long: ", b"x"),
        (b"", b"H"),
    ],
)
def test_a_server_that_answers_drop_by_drop_is_left_at_the_deadline(settings, beginning, drop):
    with talker(settings, beginning, drop, pause=0.05) as address:
        began = time.monotonic()

        with pytest.raises(Unreachable, match="took too long"):
            fetch(address, seconds=1)

        assert time.monotonic() - began < 3


def test_of_a_body_without_end_only_so_much_is_read_as_was_allowed(settings):
    with talker(settings, b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 65536, pause=0) as address:
        assert len(fetch(address, most=100_000).body) == 100_000

        with pytest.raises(TooMuch):
            fetch(address, most=100_000, whole=True)
