"""Every setting that comes from the environment: its name, form, default and meaning.

`docs/operators/settings.md` is this table in print (`python -m portal.environment_page`); a test keeps the two equal.
A wrong value is refused at start with one sentence that says what to set.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

from portal import environment_forms as form
from portal.environment_contradictions import refuse_contradictions
from portal.environment_forms import BASE_DIR

__all__ = ["BASE_DIR", "VARIABLES", "Variable", "database", "read"]


@dataclass(frozen=True)
class Variable:
    """`required_in_production`: production refuses to start without it, rather than take the default."""

    name: str
    form: Callable[[str], Any]
    default: str
    meaning: str
    required_in_production: bool = False


VARIABLES = (
    Variable(
        "PORTAL_MODE",
        form.one_of("embedded", "production"),
        "embedded",
        "`embedded`: everything on this machine, mail to files. `production`: nothing is guessed.",
    ),
    Variable(
        "PORTAL_DATA_DIR",
        form.writable_folder,
        "var",
        "Folder of the embedded database, media, mail, cache and broker files.",
    ),
    Variable(
        "SECRET_KEY",
        form.secret,
        "",
        "Signs sessions and links. Embedded: made once and kept in the data folder.",
        True,
    ),
    Variable("DEBUG", form.boolean, "false", "Django's debug pages. Never in production."),
    Variable(
        "ALLOWED_HOSTS",
        form.words,
        "localhost,127.0.0.1,[::1]",
        "Host names the portal answers to, separated by commas.",
        True,
    ),
    Variable(
        "BASE_URL",
        form.site_url,
        "http://localhost:8000",
        "The portal's public address: links in mail, feeds and the admin use it. "
        "In production, https:// here turns on the redirect to HTTPS, secure cookies and HSTS.",
        True,
    ),
    Variable(
        "DATABASE_URL",
        form.url_of("sqlite", "postgres", "postgresql"),
        "",
        "The database. Empty: SQLite in the data folder.",
        True,
    ),
    Variable("DATABASE_POOL", form.boolean, "false", "Keep a pool of PostgreSQL connections in each process."),
    Variable("REDIS_URL", form.redis_url, "", "Celery's broker. Empty: files in the data folder.", True),
    Variable(
        "CACHE_URL",
        form.redis_url,
        "",
        "The cache; better not the broker's Redis. "
        "Empty: the database after REDIS_URL's on the same Redis (none after 15), or files in the data folder.",
    ),
    Variable(
        "EMAIL_URL",
        form.url_of("smtp", "smtp+tls", "smtp+ssl", "consolemail"),
        "",
        "The mail server, as smtp+tls://user:password@host:587. Empty: files in the data folder.",
        True,
    ),
    Variable(
        "EMAIL_PROVIDER",
        form.mail_provider,
        "",
        "An Anymail backend by name (postmark, mailgun, amazon_ses, …) in place of EMAIL_URL.",
    ),
    Variable(
        "EMAIL_PROVIDER_KEYS",
        form.secret_pairs,
        "",
        "What Anymail asks for with that provider, as POSTMARK_SERVER_TOKEN=…,WEBHOOK_SECRET=….",
    ),
    Variable(
        "DEFAULT_FROM_EMAIL",
        form.address,
        "Project Office Evenings <portal@localhost.localdomain>",
        "The sender of confirmations, notices and passwords.",
        True,
    ),
    Variable(
        "DIGEST_FROM_EMAIL",
        form.address,
        "Project Office Evenings <digest@localhost.localdomain>",
        "The sender of digests; mail providers want it apart from the other.",
        True,
    ),
    Variable(
        "DIGEST_RATE",
        form.rate,
        "0",
        "How many digests may leave in a second, of all senders together. 0: as fast as they go.",
    ),
    Variable(
        "DIGEST_DOMAIN_RATES",
        form.rates,
        "",
        "How many in a second to one mail domain, as gmail.com=20,example.org=0.5. Empty: as fast as they go.",
    ),
    Variable(
        "DIGEST_MOST_PER_HOUR",
        form.whole_number,
        "100000",
        "How many digests may leave in an hour whatever goes wrong. 0: any number.",
    ),
    Variable(
        "BOUNCE_MAILBOX",
        form.mailbox_url,
        "",
        "Where mail to DIGEST_FROM_EMAIL arrives, to be read for bounces: imaps://user:password@host/INBOX, "
        "imap://…, maildir:///folder or mbox:///file. Empty: nowhere ([digests](digests.md)).",
    ),
    Variable(
        "MEDIA_S3_BUCKET",
        form.text,
        "",
        "S3 bucket for media; credentials as boto3 finds them. Empty: a folder in the data folder.",
    ),
    Variable(
        "MEDIA_S3_ENDPOINT",
        form.url_of("http", "https"),
        "",
        "Address of an S3-compatible store other than Amazon's.",
    ),
    Variable(
        "MEDIA_S3_DIRECT",
        form.url_of("http", "https"),
        "",
        "Where browsers reach the bucket, as https://bucket.s3.eu-west-2.amazonaws.com: files of videos are then "
        "fetched there by short signed links. Empty: the portal passes them on.",
    ),
    Variable(
        "MEDIA_ACCEL",
        form.internal_path,
        "",
        "Internal location of the proxy that sends files of the media folder (X-Accel-Redirect), as /protected-media/. "
        "Empty: the portal sends them.",
    ),
    Variable(
        "MAX_VIDEO_BYTES",
        form.whole_number,
        str(4 * 1024**3),
        "The largest video file that may be uploaded, in bytes.",
    ),
    Variable("FFMPEG", form.program, "", "Path of ffmpeg. Empty: the system's, else the bundled one."),
    Variable("VIDEO_AV1", form.boolean, "false", "Encode every size in AV1, too: smaller files, thrice the work."),
    Variable(
        "VIDEO_ENCODER",
        form.one_of("ffmpeg", "remote"),
        "ffmpeg",
        "Who encodes videos: `ffmpeg`, this portal's workers; `remote`, the service at REMOTE_ENCODER_URL "
        "([protocol](remote-encoder.md)).",
    ),
    Variable("REMOTE_ENCODER_URL", form.service_url, "", "The remote encoder: https://, or http:// on this machine."),
    Variable(
        "REMOTE_ENCODER_SECRETS",
        form.webhook_secrets,
        "",
        "Secrets shared with the remote encoder, separated by commas. All are accepted, the first one signs: "
        "put a new one in front, and take the old one away later.",
    ),
    Variable(
        "TRUSTED_PROXIES",
        form.whole_number,
        "0",
        "How many proxies stand in front and add to X-Forwarded-For. 0: no forwarded header is believed.",
    ),
    Variable(
        "REQUIRE_ADMIN_MFA",
        form.boolean,
        "false",
        "Every person in the admin must have a second factor. Production's default is true.",
    ),
    Variable(
        "SMALLEST_REPORTED_GROUP",
        form.whole_number,
        "5",
        "How many people reports tell of at least; smaller numbers are never shown.",
    ),
    Variable(
        "PAGE_CACHE_SECONDS",
        form.whole_number,
        "60",
        "How long a public page may be served from the cache to anonymous visitors, and how long parts of pages that "
        "are equal for everybody may be kept. A publication makes all of it void at once. 0: never.",
    ),
    Variable("WEB_PROCESSES", form.whole_number, "0", "Web server processes. 0: one a processor, and one more."),
    Variable("WEB_THREADS", form.whole_number, "4", "Threads in each web server process."),
    Variable(
        "LOG_FORMAT",
        form.one_of("text", "json"),
        "text",
        "`text` for people, `json` for log collectors. Production's default is json.",
    ),
    Variable(
        "SENTRY_DSN",
        form.url_of("http", "https"),
        "",
        "Where to report errors; needs the extra `sentry` (`uv sync --extra sentry`). Empty: nowhere.",
    ),
)

PRODUCTION_DEFAULTS = {"REQUIRE_ADMIN_MFA": "true", "LOG_FORMAT": "json"}


def read(source: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return all settings by name, read from `source` (the process's environment if left out).

    Raises ImproperlyConfigured with one sentence for the first value that is missing or wrong.
    """
    source = os.environ if source is None else source
    production = source.get("PORTAL_MODE", "").strip() == "production"
    values = {variable.name: _value(variable, source, production) for variable in VARIABLES}
    refuse_contradictions(values)
    return values


def _value(variable: Variable, source: Mapping[str, str], production: bool) -> Any:
    raw = source.get(variable.name, "").strip()
    if not raw and production and variable.required_in_production and not _covered(variable.name, source):
        raise ImproperlyConfigured(f"{variable.name} must be set in production: {variable.meaning}")
    if not raw:
        raw = (PRODUCTION_DEFAULTS if production else {}).get(variable.name, variable.default)
    try:
        return variable.form(raw)
    except ValueError as error:
        raise ImproperlyConfigured(f"{variable.name}={_shown(variable, raw)} cannot be used: {error}.") from error


def _shown(variable: Variable, raw: str) -> str:
    """A refusal ends in logs: no secret, and no password of an address."""
    return (
        "…"
        if variable.form in {form.secret, form.secret_pairs, form.webhook_secrets}
        else repr(re.sub(r"(://[^/@]*:)[^/@]*@", r"\1…@", raw))
    )


def _covered(name: str, source: Mapping[str, str]) -> bool:
    """EMAIL_PROVIDER stands in for EMAIL_URL."""
    return name == "EMAIL_URL" and bool(source.get("EMAIL_PROVIDER"))


def database(url: str, data_dir: Path) -> dict[str, Any]:
    if not url or url.startswith("sqlite"):
        config = environ.Env.db_url_config(url or f"sqlite:///{data_dir / 'portal.sqlite3'}")
        return {
            **config,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 30,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-20000;",
            },
        }
    return {**environ.Env.db_url_config(url), "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
