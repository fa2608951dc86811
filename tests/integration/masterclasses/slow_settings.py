"""The portal's settings for workers of the tests: encodes take as long as told, mail goes nowhere."""

from __future__ import annotations

from portal.settings import *  # noqa: F403
from portal.settings import CELERY_BROKER_TRANSPORT_OPTIONS, REDIS_URL_SET  # type: ignore[attr-defined]

EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
CELERY_IMPORTS = ("tests.integration.masterclasses.slow_encodes",)
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 0.5
if REDIS_URL_SET:
    CELERY_BROKER_TRANSPORT_OPTIONS |= {"visibility_timeout": 5, "unacked_restore_interval": 1}
