"""Which addresses of the web may be asked at all: what is written in them, and where their names lead."""

from __future__ import annotations

import ipaddress
import re
import socket
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from home.web.errors import Refused, Unreachable

IP = ipaddress.IPv4Address | ipaddress.IPv6Address
PORTS = {"http": 80, "https": 443}
LONGEST = 2000
#: RFC 6052: IPv4 inside IPv6.
NAT64 = ipaddress.ip_network("64:ff9b::/96")
NUMERIC = re.compile(r"(0x[0-9a-f]*|\d+)", re.IGNORECASE)


@dataclass(frozen=True)
class Target:
    """An address taken apart. `host` is ASCII and lower case; `path` is what is asked, with its query."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def shown_host(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def parse(address: str) -> Target:
    """Take a web address apart without asking anybody. Raises Refused."""
    if len(address) > LONGEST or re.search(r"[\x00-\x20\x7f\\]", address):
        raise Refused(_("This is not an address of the web."))
    try:
        parts = urlsplit(address)
        host = _ascii((parts.hostname or "").rstrip("."))
        port = parts.port or PORTS.get(parts.scheme, 0)
    except ValueError as error:
        raise Refused(_("This is not an address of the web.")) from error
    if parts.scheme not in PORTS or not host:
        raise Refused(_("Only addresses with http:// or https:// are asked."))
    if parts.username is not None or parts.password is not None:
        raise Refused(_("An address with a name or password in it is not asked."))
    if port not in PORTS.values() and port < 1024:
        raise Refused(_("Port %(port)d is not one of the web.") % {"port": port})
    target = Target(parts.scheme, host, port, f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}")
    _refuse_written(target)
    return target


def resolve(target: Target) -> str:
    """Look the name up and return the IP address to connect to. Raises Refused if any that it has is private."""
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unreachable(_("No site has the name %(host)s.") % {"host": target.host}, kind="name") from error
    addresses = list(dict.fromkeys(str(entry[4][0]).partition("%")[0] for entry in found))
    if not addresses:
        raise Unreachable(_("No site has the name %(host)s.") % {"host": target.host}, kind="name")
    if not _is_let_through(target) and not all(is_public(address) for address in addresses):
        raise Refused(_private(target.host))
    return addresses[0]


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet, and so does every IPv4 address inside it."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    return all(
        inner.is_global and not (inner.is_multicast or inner.is_reserved or inner.is_unspecified)
        for inner in _layers(ip)
    )


def _layers(ip: IP) -> list[IP]:
    if isinstance(ip, ipaddress.IPv4Address):
        return [ip]
    if ip.ipv4_mapped:
        return [ip.ipv4_mapped]
    if ip in NAT64:
        return [ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)]
    inside: list[Any] = [ip.sixtofour, *(ip.teredo or ())]
    return [ip, *(layer for layer in inside if layer)]


def _refuse_written(target: Target) -> None:
    """What can be refused without a look-up: private numbers, numbers in disguise, names that never are public."""
    last = target.host.rpartition(".")[2]
    is_ip = ":" in target.host or bool(NUMERIC.fullmatch(last))
    private_name = last in {"localhost", "local", "internal", "localdomain", "home", "lan", "onion"}
    if (private_name or (is_ip and not is_public(target.host))) and not _is_let_through(target):
        raise Refused(_private(target.host))


def _private(host: str) -> str:
    return _("%(host)s is a private address: it is never asked.") % {"host": host[:100]}


def _is_let_through(target: Target) -> bool:
    """Tests have a server of their own on this machine; nothing outside tests sets this."""
    return f"{target.host}:{target.port}" in settings.PRIVATE_WEB_HOSTS


def _ascii(host: str) -> str:
    if ":" in host or host.isascii():
        return host.lower()
    try:
        return host.encode("idna").decode().lower()
    except UnicodeError as error:
        raise ValueError(host) from error
