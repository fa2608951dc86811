"""The parts of the settings that choose between the embedded default and real services."""

from __future__ import annotations

import secrets
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

Env = dict[str, Any]
#: The player for browsers without HLS of their own, and uploads that can be continued.
NPM_PACKAGES = ("hls.js", "tus-js-client")
VIDEO_ENCODERS = {
    "ffmpeg": "masterclasses.transcoding.pieceworks.FfmpegEncoder",
    "remote": "masterclasses.remote.encoder.RemoteEncoder",
}


def embedded_secret(data_dir: Path) -> str:
    """Return the secret key of an embedded installation, made on first use and kept beside its database."""
    path = data_dir / "secret-key"
    try:
        if not path.exists():
            data_dir.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
            path.write_text(secrets.token_urlsafe(64))
        return path.read_text()
    except OSError as error:
        raise ImproperlyConfigured(
            f"The data folder {data_dir} cannot be written ({error.strerror}): "
            "set PORTAL_DATA_DIR to a folder that you may write to."
        ) from error


def cache(env: Env, data_dir: Path) -> dict[str, Any]:
    url = env["CACHE_URL"] or (next_database(env["REDIS_URL"]) if env["REDIS_URL"] else "")
    if url:
        return {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": url,
            "KEY_PREFIX": "portal",
        }
    return {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": data_dir / "cache",
        "OPTIONS": {"MAX_ENTRIES": 5000},
    }


def next_database(redis_url: str) -> str:
    """Return the address of the database after `redis_url`'s on the same Redis."""
    parts = urlsplit(redis_url)
    number = parts.path.strip("/")
    return parts._replace(path=f"/{int(number or 0) + 1}").geturl()


def storages(env: Env) -> dict[str, Any]:
    static = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if env["PORTAL_MODE"] == "embedded"
        else "portal.static_storage.StaticStorage"
    }
    if not env["MEDIA_S3_BUCKET"]:
        return {"default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}, "staticfiles": static}
    options = {"bucket_name": env["MEDIA_S3_BUCKET"], "querystring_auth": True, "file_overwrite": False}
    if env["MEDIA_S3_ENDPOINT"]:
        options["endpoint_url"] = env["MEDIA_S3_ENDPOINT"]
    return {
        "default": {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options},
        "staticfiles": static,
    }


def origins(address: str) -> list[str]:
    """The origin of an address, for a security policy; none for no address."""
    parts = urlsplit(address)
    return [f"{parts.scheme}://{parts.netloc}"] if address else []


def static_root(env: Env, base_dir: Path) -> Path:
    """Where collectstatic puts its files; the embedded default serves them from where they are."""
    if env["PORTAL_MODE"] == "production":
        return base_dir / "staticfiles"
    collected = env["PORTAL_DATA_DIR"] / "static"
    collected.mkdir(parents=True, exist_ok=True)
    return collected


def static_dirs(base_dir: Path) -> list[Any]:
    """Scripts of others are installed by npm where npm is there; pages do without them where it is not."""
    found = [(name, base_dir / "node_modules" / name / "dist") for name in NPM_PACKAGES]
    return [base_dir / "static", *(each for each in found if each[1].is_dir())]


def mail(env: Env) -> dict[str, Any]:
    if env["EMAIL_PROVIDER"]:
        return {
            "EMAIL_BACKEND": f"anymail.backends.{env['EMAIL_PROVIDER']}.EmailBackend",
            "ANYMAIL": env["EMAIL_PROVIDER_KEYS"],
        }
    if env["EMAIL_URL"]:
        return environ.Env.email_url_config(env["EMAIL_URL"])
    return {"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend"}


def celery(env: Env, data_dir: Path) -> dict[str, Any]:
    """Celery's settings; `docs/adr/0003-the-database-is-the-queue.md` gives the reasons for each."""
    return {
        "CELERY_BROKER_URL": env["REDIS_URL"] or "filesystem://localhost/",
        "CELERY_BROKER_TRANSPORT_OPTIONS": _redis_transport() if env["REDIS_URL"] else _file_transport(data_dir),
        "CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP": True,
        "CELERY_TIMEZONE": "UTC",
        "CELERY_ENABLE_UTC": True,
        "CELERY_TASK_IGNORE_RESULT": True,
        "CELERY_TASK_ACKS_LATE": True,
        "CELERY_TASK_REJECT_ON_WORKER_LOST": False,
        "CELERY_TASK_RETRY_ON_WORKER_LOST": True,
        "CELERY_WORKER_POOL": "jobs.pool:TaskPool",
        "CELERY_WORKER_PREFETCH_MULTIPLIER": 1,
        "CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS": True,
        "CELERY_TASK_SOFT_TIME_LIMIT": 240,
        "CELERY_TASK_TIME_LIMIT": 300,
        "CELERY_TASK_PUBLISH_RETRY_POLICY": {
            "max_retries": 2,
            "interval_start": 0,
            "interval_step": 0.2,
            "interval_max": 0.5,
        },
        "CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT": 25 if env["PORTAL_MODE"] == "production" else 3,
        "CELERY_WORKER_MAX_TASKS_PER_CHILD": 1000,
        "CELERY_WORKER_MAX_MEMORY_PER_CHILD": 400_000,
        "CELERY_WORKER_HIJACK_ROOT_LOGGER": False,
        "CELERY_TASK_DEFAULT_QUEUE": "events",
        "CELERY_TASK_CREATE_MISSING_QUEUES": False,
        "CELERY_BEAT_SCHEDULE_FILENAME": str(data_dir / "schedule"),
    }


def _redis_transport() -> dict[str, Any]:
    return {
        "visibility_timeout": int(timedelta(hours=4, minutes=30).total_seconds()),
        "socket_keepalive": True,
        "health_check_interval": 25,
        "unacked_restore_interval": 10,
        "unacked_restore_throttle": 1,
    }


def _file_transport(data_dir: Path) -> dict[str, Any]:
    messages, control = data_dir / "broker" / "messages", data_dir / "broker" / "control"
    for path in (messages, control):
        path.mkdir(parents=True, exist_ok=True)
    return {"data_folder_in": str(messages), "data_folder_out": str(messages), "control_folder": str(control)}


def report_errors(dsn: str) -> None:
    """Send unhandled errors to Sentry, without what identifies a person."""
    if not dsn:
        return
    try:
        sentry_sdk = import_module("sentry_sdk")
    except ImportError as error:
        raise ImproperlyConfigured(
            "SENTRY_DSN is set, but the package sentry-sdk is missing: install it with `uv sync --extra sentry`, "
            "or leave SENTRY_DSN empty."
        ) from error
    sentry_sdk.init(dsn=dsn, send_default_pii=False)


def logging(env: Env) -> dict[str, Any]:
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "text": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
            "json": {
                "class": "pythonjsonlogger.json.JsonFormatter",
                "format": "{asctime} {levelname} {name} {message}",
                "style": "{",
            },
        },
        "filters": {"secrets": {"()": "portal.secret_addresses.SecretAddresses"}},
        "handlers": {
            "stream": {"class": "logging.StreamHandler", "formatter": env["LOG_FORMAT"], "filters": ["secrets"]}
        },
        "root": {"handlers": ["stream"], "level": "INFO"},
        # one line for every row that the search and reference indexes touch
        "loggers": {"django_tasks": {"level": "WARNING"}, "django.request": {"filters": ["secrets"]}},
    }
