"""The web server of a deployment: `gunicorn --config deploy/gunicorn.conf.py`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from portal import environment, services

try:
    _env = environment.read()
except ImproperlyConfigured as refusal:
    sys.exit(str(refusal))

wsgi_app = "portal.wsgi"
bind = "0.0.0.0:8000"
workers = _env["WEB_PROCESSES"] or (os.cpu_count() or 1) + 1
worker_class = "gthread"
threads = _env["WEB_THREADS"]
preload_app = True

# A worker of threads reports while a request runs, so slow uploads are not cut off; a stuck process is.
timeout = 60
graceful_timeout = 30
# Longer than common proxies keep an idle connection (60 s): the proxy closes first, and no request is lost to it.
keepalive = 75
# Leaks stay small, and the processes do not all restart at once.
max_requests = 5000
max_requests_jitter = 500

# With TRUSTED_PROXIES the port is reachable only for a proxy; without, no forwarded header is believed.
forwarded_allow_ips = "*" if _env["TRUSTED_PROXIES"] else ""
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - heartbeats on no disk
control_socket_disable = True

# The proxy writes the access log; errors go where the portal's own records go.
accesslog = None
logconfig_dict = services.logging(_env) | {
    "loggers": {"gunicorn.error": {"level": "INFO", "handlers": ["stream"], "propagate": False}},
}
