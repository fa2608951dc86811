"""One request to another site: the address is looked up, judged and pinned at every hop, the answer is kept small."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

import certifi
import urllib3
from django.conf import settings
from django.utils.translation import gettext as _
from urllib3.exceptions import HTTPError, NewConnectionError, SSLError
from urllib3.exceptions import TimeoutError as TimedOut

from home.web.addresses import Target, parse, resolve
from home.web.errors import TooMuch, Unreachable

MOST_HOPS = 5
PIECE = 16 * 1024
REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT = frozenset({301, 308})


@dataclass(frozen=True)
class Answer:
    """`address` is where it came from in the end; `moved_to` is set if every hop there was a permanent move."""

    status: int
    address: str
    content_type: str
    body: bytes
    moved_to: str = ""
    retry_after: str = ""


def user_agent() -> str:
    return f"CareerPortal/1.0 (+{settings.BASE_URL})"


def fetch(
    address: str, *, method: str = "GET", most: int = 64 * 1024, whole: bool = False, seconds: int = 15
) -> Answer:
    """Ask for an address and follow where it leads.

    At most `most` bytes are read; with `whole`, a longer answer raises TooMuch. `seconds` is for all hops together.
    Raises Refused and Unreachable.
    """
    deadline = time.monotonic() + seconds
    permanent = True
    here = address
    for _hop in range(MOST_HOPS + 1):
        target = parse(here.partition("#")[0])
        with _open(target, method, deadline) as response:
            location = response.headers.get("Location") if response.status in REDIRECTS else None
            if location is None:
                body = b"" if method == "HEAD" else _read(response, most, whole, deadline)
                moved = here if here != address and permanent else ""
                kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
                return Answer(response.status, here, kind, body, moved, response.headers.get("Retry-After", ""))
            permanent = permanent and response.status in PERMANENT
            here = urljoin(here, location.strip())
    raise Unreachable(_("It leads from address to address without end."), kind="circle")


class _open:  # noqa: N801 - reads as a context
    """A response from the very IP address that was judged, so that a name cannot lead elsewhere meanwhile.

    At the deadline the connection is cut: a server that sends a byte now and then would keep every read waiting.
    """

    def __init__(self, target: Target, method: str, deadline: float) -> None:
        self.target, self.method, self.deadline = target, method, deadline
        self.sockets: list[socket.socket] = []

    def __enter__(self) -> urllib3.BaseHTTPResponse:
        left = _left(self.deadline)
        self.pool = _pool(self.target, resolve(self.target), urllib3.Timeout(connect=min(5, left), read=min(10, left)))
        self.pool.ConnectionCls = _noting_sockets(self.pool.ConnectionCls, self.sockets)
        self.alarm = threading.Timer(left, self._cut)
        self.alarm.daemon = True
        self.alarm.start()
        headers = {
            "Host": self.target.shown_host,
            "User-Agent": user_agent(),
            "Accept": "*/*",
            "Accept-Encoding": "identity",
        }
        try:
            self.response = self.pool.request(
                self.method, self.target.path, headers=headers, redirect=False, retries=False, preload_content=False
            )
        except (HTTPError, OSError, ValueError) as error:
            self._close()
            _left(self.deadline)
            raise _unreachable(error) from error
        return self.response

    def __exit__(self, *_error: object) -> None:
        self.response.close()
        self._close()

    def _close(self) -> None:
        self.alarm.cancel()
        self.pool.close()

    def _cut(self) -> None:
        for opened in self.sockets:
            with suppress(OSError):
                socket.socket.shutdown(opened, socket.SHUT_RDWR)


def _noting_sockets(connection: Any, sockets: list[socket.socket]) -> Any:
    """The class of a connection that notes its socket as soon as there is one."""

    class Noting(connection):
        def _new_conn(self) -> socket.socket:
            opened: socket.socket = super()._new_conn()
            sockets.append(opened)
            return opened

        def connect(self) -> None:
            super().connect()
            sockets.append(self.sock)

    return Noting


def _pool(target: Target, ip: str, timeout: urllib3.Timeout) -> urllib3.HTTPConnectionPool:
    if target.scheme == "http":
        return urllib3.HTTPConnectionPool(ip, target.port, timeout=timeout)
    return urllib3.HTTPSConnectionPool(
        ip,
        target.port,
        timeout=timeout,
        cert_reqs="CERT_REQUIRED",
        ca_certs=certifi.where(),
        server_hostname=target.host,
        assert_hostname=target.host,
    )


def _read(response: urllib3.BaseHTTPResponse, most: int, whole: bool, deadline: float) -> bytes:
    body = bytearray()
    try:
        for piece in response.stream(PIECE, decode_content=False):
            body += piece
            if len(body) > most:
                break
            _left(deadline)
    except (HTTPError, OSError) as error:
        _left(deadline)
        raise _unreachable(error) from error
    _left(deadline)
    if whole and len(body) > most:
        raise TooMuch(_("It is larger than %(limit)d MB.") % {"limit": most // (1024 * 1024)})
    return bytes(body[:most])


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise Unreachable(_("It took too long to answer."), kind="timeout")
    return left


def _unreachable(error: Exception) -> Unreachable:
    if isinstance(error, SSLError):
        return Unreachable(_("Its certificate cannot be trusted."), kind="certificate")
    if isinstance(error, TimedOut) and not isinstance(error, NewConnectionError):
        return Unreachable(_("It took too long to answer."), kind="timeout")
    return Unreachable(_("No connection could be made."), kind="connection")
