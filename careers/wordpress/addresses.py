"""Old addresses, brought into one form so that they can be compared."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

SIZE = re.compile(r"-(?:\d{2,5}x\d{2,5}|scaled|rotated)(?=\.\w{2,5}$)")
PHOTON = re.compile(r"(https?)://i\d\.wp\.com/([^/?#]+\.[^/?#]+/[^?#]+).*", re.IGNORECASE)


def original(address: str) -> str:
    """The picture itself, where WordPress.com's service would deliver it in other sizes."""
    found = PHOTON.fullmatch(address)
    return f"{found[1]}://{found[2]}" if found else address


def host_of(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def file_key(address: str) -> str:
    """The same for a picture in each of the sizes that WordPress makes of it."""
    return _key(address, SIZE)


def exact_key(address: str) -> str:
    """The file alone, in the size that it names."""
    return _key(address)


def _key(address: str, without: re.Pattern[str] | None = None) -> str:
    try:
        path = unquote(urlsplit(address).path)
    except ValueError:
        return ""
    return f"{host_of(address)}{without.sub('', path) if without else path}".lower()


def name_of(address: str) -> str:
    """The file's name, the same in each of its sizes."""
    return file_key(address).rpartition("/")[2]


def page_key(address: str) -> str:
    """The same with and without www, fragment and closing slash; `?p=12` counts, other questions do not."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    number = re.search(r"(?:^|&)(?:p|page_id)=(\d+)", parts.query)
    if number:
        return f"{host_of(address)}?p={number[1]}"
    return f"{host_of(address)}{unquote(parts.path).rstrip('/')}".lower()
