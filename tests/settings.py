"""The portal's settings, made fast and harmless for tests.

With DATABASE_URL and REDIS_URL in the environment the same suite runs on PostgreSQL and Redis.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

RUN = str(os.getpid()) if "pytest" in sys.modules else "other"  # type checkers read the settings too
SCRATCH = Path(tempfile.gettempdir()) / f"career-portal-tests-{os.getuid()}" / RUN
os.environ["PORTAL_DATA_DIR"] = str(SCRATCH)

from portal.settings import *  # noqa: E402, F403
from portal.settings import CACHES, REDIS_URL_SET  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CELERY_BROKER_URL = "memory://"
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object] = {}
if REDIS_URL_SET:
    # Clearing a Redis cache empties its database: each test process has one of its own, and none the broker's.
    taken = {urlsplit(os.environ.get(name, "")).path.strip("/") for name in ("REDIS_URL", "CACHE_URL")}
    free = [number for number in range(8, 16) if str(number) not in taken]
    number = free[int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % len(free)]
    CACHES["default"]["LOCATION"] = f"{CACHES['default']['LOCATION'].rsplit('/', 1)[0]}/{number}"
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
MEDIA_ROOT = SCRATCH / "media"
PAGE_CACHE_SECONDS = 0
WHITENOISE_AUTOREFRESH = True  # else every test client lists all static files before its first request
if "sqlite" in DATABASES["default"]["ENGINE"]:  # noqa: F405
    # A file, so that live servers and worker processes have connections of their own.
    DATABASES["default"]["NAME"] = SCRATCH / "unused.sqlite3"  # noqa: F405
    DATABASES["default"]["TEST"] = {"NAME": SCRATCH / "test.sqlite3"}  # noqa: F405
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"  # noqa: F405
