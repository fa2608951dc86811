"""`manage.py check --database default` says when no badge can be signed."""

from __future__ import annotations

from typing import Any

from django.core import checks
from django.db import DatabaseError


def connect() -> None:
    checks.register(checks.Tags.database)(there_is_a_signing_key)


def there_is_a_signing_key(databases: Any = None, **_options: Any) -> list[checks.CheckMessage]:
    from careers.credentials.keys import NoSigningKey, signing_key

    if not databases:
        return []
    try:
        signing_key()
    except NoSigningKey as missing:
        return [checks.Warning(str(missing), hint="Certificates work without; Open Badges do not.", id="careers.W001")]
    except DatabaseError:  # before the first migrate
        return []
    return []
