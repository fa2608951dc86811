"""The table of settings: what it takes, what it refuses and in which words."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from portal import environment, environment_page

PRINTED = environment.BASE_DIR / "docs" / "operators" / "settings.md"


@pytest.fixture
def embedded(tmp_path) -> dict[str, str]:
    return {"PORTAL_DATA_DIR": str(tmp_path)}


@pytest.fixture
def production(tmp_path) -> dict[str, str]:
    return {
        "PORTAL_MODE": "production",
        "PORTAL_DATA_DIR": str(tmp_path),
        "SECRET_KEY": "every letter here was drawn by lot, one after another",
        "ALLOWED_HOSTS": "portal.example.org",
        "BASE_URL": "https://portal.example.org",
        "DATABASE_URL": "postgres://portal:word@db/portal",
        "REDIS_URL": "redis://broker/0",
        "EMAIL_URL": "smtp+tls://user:word@mail.example.org:587",
        "DEFAULT_FROM_EMAIL": "Portal <portal@example.org>",
        "DIGEST_FROM_EMAIL": "Portal <digest@example.org>",
    }


def refusal(source: dict[str, str]) -> str:
    with pytest.raises(ImproperlyConfigured) as caught:
        environment.read(source)
    return str(caught.value)


def test_the_embedded_default_needs_nothing_but_a_folder(embedded):
    values = environment.read(embedded)

    assert values["PORTAL_MODE"] == "embedded"
    assert values["DATABASE_URL"] == values["REDIS_URL"] == values["EMAIL_URL"] == ""
    assert values["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]


def test_production_starts_with_what_it_requires(production):
    values = environment.read(production)

    assert values["REQUIRE_ADMIN_MFA"] is True
    assert values["LOG_FORMAT"] == "json"


@pytest.mark.parametrize("name", [v.name for v in environment.VARIABLES if v.required_in_production])
def test_production_names_the_variable_that_is_missing_and_what_it_is_for(production, name):
    meaning = next(v.meaning for v in environment.VARIABLES if v.name == name)

    assert refusal(production | {name: " "}) == f"{name} must be set in production: {meaning}"


def test_a_mail_provider_stands_in_for_a_mail_server(production):
    del production["EMAIL_URL"]

    assert environment.read(production | {"EMAIL_PROVIDER": "postmark"})["EMAIL_PROVIDER"] == "postmark"


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("PORTAL_MODE", "prod", "PORTAL_MODE='prod' cannot be used: use one of: embedded, production."),
        ("DEBUG", "maybe", "DEBUG='maybe' cannot be used: use true or false."),
        ("ALLOWED_HOSTS", ",", "ALLOWED_HOSTS=',' cannot be used: name at least one, separated by commas."),
        (
            "BASE_URL",
            "portal.example.org",
            "BASE_URL='portal.example.org' cannot be used: use an address such as https://portal.example.org.",
        ),
        (
            "BASE_URL",
            "https://example.org/portal",
            "BASE_URL='https://example.org/portal' cannot be used: use an address such as https://portal.example.org.",
        ),
        (
            "DATABASE_URL",
            "mysql://db/portal",
            "DATABASE_URL='mysql://db/portal' cannot be used: "
            "use an address that begins with sqlite:// or postgres:// or postgresql://.",
        ),
        (
            "DATABASE_URL",
            "postgres://db:port/portal",
            "DATABASE_URL='postgres://db:port/portal' cannot be used: its port is not a number from 0 to 65535.",
        ),
        (
            "REDIS_URL",
            "amqp://broker",
            "REDIS_URL='amqp://broker' cannot be used: use an address that begins with redis:// or rediss://.",
        ),
        (
            "REDIS_URL",
            "redis://broker/jobs",
            "REDIS_URL='redis://broker/jobs' cannot be used: name its database by number, as in redis://host:6379/0.",
        ),
        (
            "CACHE_URL",
            "memcache://cache",
            "CACHE_URL='memcache://cache' cannot be used: use an address that begins with redis:// or rediss://.",
        ),
        (
            "EMAIL_PROVIDER",
            "pigeon",
            "EMAIL_PROVIDER='pigeon' cannot be used: use the name of an Anymail backend, such as postmark.",
        ),
        (
            "DIGEST_FROM_EMAIL",
            "Portal",
            "DIGEST_FROM_EMAIL='Portal' cannot be used: use an e-mail address such as Portal <portal@example.org>.",
        ),
        (
            "MEDIA_S3_ENDPOINT",
            "s3.example.org",
            "MEDIA_S3_ENDPOINT='s3.example.org' cannot be used: use an address that begins with http:// or https://.",
        ),
        ("FFMPEG", "/no/ffmpeg", "FFMPEG='/no/ffmpeg' cannot be used: there is no such program; give its full path."),
        ("TRUSTED_PROXIES", "-1", "TRUSTED_PROXIES='-1' cannot be used: use a whole number of 0 or more."),
        ("LOG_FORMAT", "xml", "LOG_FORMAT='xml' cannot be used: use one of: text, json."),
    ],
)
def test_a_wrong_value_is_refused_with_what_to_set_instead(embedded, name, value, sentence):
    assert refusal(embedded | {name: value}) == sentence


def test_a_short_secret_is_refused_and_not_repeated(embedded):
    assert refusal(embedded | {"SECRET_KEY": "hunter2"}) == (
        "SECRET_KEY=… cannot be used: use at least 50 random characters."
    )


def test_a_providers_keys_are_refused_without_repeating_them(embedded):
    assert refusal(embedded | {"EMAIL_PROVIDER_KEYS": "hunter2"}) == (
        "EMAIL_PROVIDER_KEYS=… cannot be used: use NAME=value, separated by commas."
    )


def test_a_refusal_hides_the_password_in_an_address(embedded):
    assert "hunter2" not in refusal(embedded | {"DATABASE_URL": "mysql://portal:hunter2@db/portal"})


def test_a_data_folder_that_cannot_be_made_is_refused(tmp_path):
    file = tmp_path / "file"
    file.touch()

    assert refusal({"PORTAL_DATA_DIR": str(file / "data")}) == (
        f"PORTAL_DATA_DIR='{file}/data' cannot be used: the folder {file}/data cannot be written; "
        "name a folder that you may write to (Not a directory)."
    )


def test_a_data_folder_that_others_own_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, mode: False)

    assert refusal({"PORTAL_DATA_DIR": str(tmp_path)}) == (
        f"PORTAL_DATA_DIR='{tmp_path}' cannot be used: the folder {tmp_path} cannot be written; "
        "name a folder that you may write to."
    )


def test_debug_pages_are_refused_in_production(production):
    assert refusal(production | {"DEBUG": "true"}) == (
        "DEBUG=true is refused in production: it shows secrets to visitors."
    )


def test_the_public_address_must_be_a_host_that_the_portal_answers_to(production):
    assert refusal(production | {"ALLOWED_HOSTS": "example.com"}) == (
        "ALLOWED_HOSTS must contain portal.example.org, the host of BASE_URL."
    )


@pytest.mark.parametrize("number", [15, 31])
def test_a_broker_in_the_last_database_of_redis_needs_a_cache_named_beside_it(embedded, number):
    broker = {"REDIS_URL": f"redis://:hunter2@broker/{number}"}

    assert refusal(embedded | broker) == (
        f"CACHE_URL must be set: REDIS_URL names database {number}, and Redis has none after 15 for the cache."
    )
    assert environment.read(embedded | broker | {"CACHE_URL": "redis://broker/14"})["CACHE_URL"] == "redis://broker/14"


def test_a_broker_in_the_last_database_but_one_leaves_the_last_to_the_cache(embedded):
    assert environment.read(embedded | {"REDIS_URL": "redis://broker/14"})["CACHE_URL"] == ""


def test_a_relative_data_folder_is_in_the_project(tmp_path, monkeypatch):
    monkeypatch.setattr(environment.form, "BASE_DIR", tmp_path)

    assert environment.read({"PORTAL_DATA_DIR": "var"})["PORTAL_DATA_DIR"] == Path(tmp_path / "var")


def test_sqlite_takes_writers_one_after_the_other_and_postgresql_checks_its_connections(tmp_path):
    sqlite = environment.database("", tmp_path)
    postgresql = environment.database("postgres://portal@db/portal", tmp_path)

    assert sqlite["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in sqlite["OPTIONS"]["init_command"]
    assert postgresql["CONN_HEALTH_CHECKS"] is True


def test_the_operators_page_prints_the_table():
    assert PRINTED.read_text() == environment_page.markdown(), (
        "run: uv run python -m portal.environment_page > docs/operators/settings.md"
    )
