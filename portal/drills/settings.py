"""The portal's settings for a drill: everything in the scratch folder, and short leases."""

from __future__ import annotations

import os

from portal.settings import *  # noqa: F403

CELERY_IMPORTS = ("portal.drills.haste", "portal.drills.digest.haste")
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_TIMEOUT = 2
if port := os.environ.get("DRILL_SMTP_PORT"):  # set by the drill itself, which is that mail server
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = "127.0.0.1", int(port)
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 0.5
