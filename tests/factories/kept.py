"""What a browser keeps for a visitor without an account, as its script sends it (static/js/progress-store.js)."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

PREVIEW, TAKE, PAGE = "/learning/kept/preview/", "/learning/kept/take/", "/learning/kept/"
AN_HOUR_AGO = int((datetime.now(tz=UTC) - timedelta(hours=1)).timestamp() * 1000)


def row(page, *, key: str = "a", seconds: float = 0, share: float = 0.0, first: float = 0.0, **extra):
    pk = getattr(page, "pk", page)
    times = {"began": AN_HOUR_AGO, "at": AN_HOUR_AGO + int(seconds * 1000) + 1000}
    return (
        {"id": str(pk), "page": pk, "key": key * 32, "seconds": seconds, "share": share, "first": first} | times | extra
    )


def kept(*rows, version=1) -> str:
    return json.dumps({"version": version, "sections": {"reading": list(rows)}})


def marked(page, **extra):
    return row(page, marked=AN_HOUR_AGO, **extra)


def read(page, **extra):
    return row(page, seconds=60, share=1, **extra)


def send(browser, url: str, text: str) -> str:
    response = browser.post(url, {"kept": text}, headers={"X-Requested-With": "fetch"})
    assert response.status_code == 200
    return " ".join(response.content.decode().split())
