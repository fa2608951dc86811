"""The production settings, with the database, the cache and the static files in the measurement's own folder.

Nothing here changes what a page is or how it is served; only no Redis is asked, so that a measurement disturbs none.
"""

from portal.settings import *  # noqa: F403
from portal.settings import DATA_DIR

STATIC_ROOT = DATA_DIR / "static"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "renditions": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
}
CELERY_BROKER_URL = "memory://"
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
