"""Which services the settings choose."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from portal import environment, services


@pytest.fixture
def env(tmp_path):
    def read(**source: str):
        return environment.read({"PORTAL_DATA_DIR": str(tmp_path)} | source)

    return read


def test_the_embedded_default_uses_files_for_cache_mail_and_broker(env, tmp_path):
    values = env()

    assert services.cache(values, tmp_path)["LOCATION"] == tmp_path / "cache"
    assert services.mail(values) == {"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend"}
    assert services.celery(values, tmp_path)["CELERY_BROKER_URL"].startswith("filesystem://")
    assert (tmp_path / "broker" / "messages").is_dir()


@pytest.mark.parametrize(
    ("broker", "cache"),
    [
        ("redis://redis:6379", "redis://redis:6379/1"),
        ("redis://redis:6379/0", "redis://redis:6379/1"),
        ("redis://:word@redis:6379/7", "redis://:word@redis:6379/8"),
        ("redis://redis:6379/14", "redis://redis:6379/15"),
    ],
)
def test_the_cache_is_the_database_after_the_brokers(env, tmp_path, broker, cache):
    assert services.cache(env(REDIS_URL=broker), tmp_path)["LOCATION"] == cache


def test_the_cache_may_have_a_redis_of_its_own(env, tmp_path):
    values = env(REDIS_URL="redis://broker/0", CACHE_URL="redis://cache/0")

    assert services.cache(values, tmp_path)["LOCATION"] == "redis://cache/0"
    assert services.celery(values, tmp_path)["CELERY_BROKER_URL"] == "redis://broker/0"


def test_redis_gives_a_message_back_only_after_twice_the_longest_time_limit(env, tmp_path):
    options = services.celery(env(REDIS_URL="redis://broker"), tmp_path)["CELERY_BROKER_TRANSPORT_OPTIONS"]

    assert options["visibility_timeout"] > 2 * 7500


def test_mail_goes_to_the_server_or_the_provider_that_was_named(env):
    server = services.mail(env(EMAIL_URL="smtp+tls://user:word@mail.example.org:587"))

    assert (server["EMAIL_HOST"], server["EMAIL_PORT"], server["EMAIL_USE_TLS"]) == ("mail.example.org", 587, True)
    assert services.mail(env(EMAIL_PROVIDER="postmark", EMAIL_PROVIDER_KEYS="POSTMARK_SERVER_TOKEN=word=")) == {
        "EMAIL_BACKEND": "anymail.backends.postmark.EmailBackend",
        "ANYMAIL": {"POSTMARK_SERVER_TOKEN": "word="},
    }


def test_media_can_live_in_a_bucket(env):
    values = env(MEDIA_S3_BUCKET="portal-media", MEDIA_S3_ENDPOINT="https://s3.example.org")

    assert services.storages(values)["default"] == {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": "portal-media",
            "querystring_auth": True,
            "file_overwrite": False,
            "endpoint_url": "https://s3.example.org",
        },
    }


def test_reporting_errors_without_the_package_for_it_is_refused(monkeypatch):
    def missing(name: str):
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(services, "import_module", missing)

    services.report_errors("")
    with pytest.raises(ImproperlyConfigured, match="uv sync --extra sentry"):
        services.report_errors("https://key@errors.example.org/1")


def test_the_embedded_secret_is_made_once_and_readable_by_its_owner_only(tmp_path):
    first = services.embedded_secret(tmp_path)

    assert services.embedded_secret(tmp_path) == first
    assert len(first) >= 50
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0
