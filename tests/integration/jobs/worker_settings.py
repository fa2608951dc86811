"""The portal's settings for a worker process of the tests: mail goes to a backend that hangs or dies as told."""

from __future__ import annotations

from portal.settings import *  # noqa: F403

EMAIL_BACKEND = "tests.integration.jobs.worker_mail.Backend"
CELERY_IMPORTS = ("tests.integration.jobs.worker_mail",)
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 0.5
