"""What the portal calls itself where no request tells, as in mail. The floor that knows says so when it starts."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings

_source: list[Callable[[], str]] = []


def named_by(source: Callable[[], str]) -> None:
    _source[:] = [source]


def portal_name() -> str:
    return _source[0]() if _source else settings.WAGTAIL_SITE_NAME
