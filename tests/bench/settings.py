"""The portal's settings as a deployment has them (no DEBUG), with one more address: a view that returns a constant."""

import os

from portal.settings import *  # noqa: F403

DEBUG = False
ROOT_URLCONF = "tests.bench.urls"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]  # the last is what Django's test client asks for
PAGE_CACHE_SECONDS = int(os.environ.get("BENCH_KEEP_SECONDS", "600"))
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
