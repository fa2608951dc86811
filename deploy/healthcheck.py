"""Exits with 0 when the web server in this container answers; Host is what the portal is known by."""

from __future__ import annotations

import os
import sys
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen


def main(port: str = "8000") -> int:
    host = urlsplit(os.environ.get("BASE_URL", "")).hostname or "localhost"
    request = Request(f"http://127.0.0.1:{port}/health/live", headers={"Host": host})
    try:
        with urlopen(request, timeout=5) as answer:  # noqa: S310 - an address of our own
            return 0 if answer.status == 200 else 1
    except (URLError, OSError) as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
