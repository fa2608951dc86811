"""How the text of an environment variable becomes a value. Each form raises ValueError with what to set instead."""

from __future__ import annotations

import base64
import os
import shutil
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

BASE_DIR = Path(__file__).resolve().parent.parent
WEBHOOK_KEY_BYTES = 24
SECRET_LENGTH, SECRET_VARIETY = 50, 5  # what Django's own deployment check asks for
LAST_REDIS_DATABASE = 15  # of the sixteen that it has unless told otherwise


def text(value: str) -> str:
    return value


def secret(value: str) -> str:
    if value and (len(value) < SECRET_LENGTH or len(set(value)) < SECRET_VARIETY):
        raise ValueError(f"use at least {SECRET_LENGTH} random characters")
    return value


def secret_pairs(value: str) -> dict[str, str]:
    pairs = [pair.partition("=") for pair in value.split(",") if pair.strip()]
    if any(not name.strip() or not setting for name, _, setting in pairs):
        raise ValueError("use NAME=value, separated by commas")
    return {name.strip(): setting.strip() for name, _, setting in pairs}


def boolean(value: str) -> bool:
    lowered = value.lower()
    if lowered in {"1", "true", "yes", "on"}:
        return True
    if lowered in {"0", "false", "no", "off"}:
        return False
    raise ValueError("use true or false")


def whole_number(value: str) -> int:
    if not value.isdecimal():
        raise ValueError("use a whole number of 0 or more")
    return int(value)


def rate(value: str) -> float:
    """A number a second; 0 for any."""
    try:
        number = float(value)
    except ValueError:
        number = -1
    if not 0 <= number < float("inf"):
        raise ValueError("use a number of 0 or more, such as 20 or 0.5")
    return number


def rates(value: str) -> dict[str, float]:
    """Domains, each with a number a second."""
    pairs = [pair.partition("=") for pair in value.split(",") if pair.strip()]
    if any(not name.strip() or not number.strip() for name, _, number in pairs):
        raise ValueError("use domain=number, separated by commas")
    return {name.strip().lower(): rate(number.strip()) for name, _, number in pairs}


def mailbox_url(value: str) -> str:
    """An IMAP server's folder, or a Maildir or mbox of this machine."""
    parts = urlsplit(_mailbox_address(value))
    if parts.scheme in {"imap", "imaps"} and not (parts.hostname and parts.username and parts.password):
        raise ValueError("name user, password and host, as in imaps://user:password@host/INBOX")
    if parts.scheme in {"maildir", "mbox"} and (parts.netloc or not Path(parts.path).exists()):
        raise ValueError(f"there is no {parts.path or 'path'}; write maildir:///folder or mbox:///file")
    return value


def words(value: str) -> list[str]:
    found = [word.strip() for word in value.split(",") if word.strip()]
    if not found:
        raise ValueError("name at least one, separated by commas")
    return found


def internal_path(value: str) -> str:
    if value and not (value.startswith("/") and value.endswith("/") and len(value) > 2):
        raise ValueError("begin and end it with /, as /protected-media/")
    return value


def one_of(*choices: str) -> Callable[[str], str]:
    def check(value: str) -> str:
        if value not in choices:
            raise ValueError(f"use one of: {', '.join(choices)}")
        return value

    check.__name__ = " or ".join(choices)
    return check


def writable_folder(value: str) -> Path:
    """Return the folder, made if it was missing; a relative one is in the project's folder."""
    folder = (BASE_DIR / value).resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ValueError(f"{_unwritable(folder)} ({error.strerror})") from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise ValueError(_unwritable(folder))
    return folder


def _unwritable(folder: Path) -> str:
    return f"the folder {folder} cannot be written; name a folder that you may write to"


def address(value: str) -> str:
    """An address of RFC 5322, with or without a name: `Name <user@example.org>`."""
    try:
        validate_email(value.rsplit("<", 1)[-1].rstrip(">"))
    except ValidationError as error:
        raise ValueError("use an e-mail address such as Portal <portal@example.org>") from error
    return value


def site_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/") or parts.query:
        raise ValueError("use an address such as https://portal.example.org")
    return value.rstrip("/")


def url_of(*schemes: str) -> Callable[[str], str]:
    def check(value: str) -> str:
        parts = urlsplit(value)
        if value and parts.scheme not in schemes:
            raise ValueError(f"use an address that begins with {' or '.join(f'{scheme}://' for scheme in schemes)}")
        try:
            _ = parts.port
        except ValueError as error:
            raise ValueError("its port is not a number from 0 to 65535") from error
        return value

    check.__name__ = " or ".join(f"{scheme}://…" for scheme in schemes)
    return check


def redis_url(value: str) -> str:
    """An address of Redis, with or without the number of a database."""
    database = urlsplit(_redis_address(value)).path.strip("/")
    if database and not database.isdecimal():
        raise ValueError("name its database by number, as in redis://host:6379/0")
    return value


_mailbox_address = url_of("imap", "imaps", "maildir", "mbox")
mailbox_url.__name__ = _mailbox_address.__name__
_redis_address = url_of("redis", "rediss")
redis_url.__name__ = _redis_address.__name__


def service_url(value: str) -> str:
    """An address that secrets and videos may be sent to."""
    parts = urlsplit(url_of("http", "https")(value))
    if value and (not parts.hostname or parts.query or parts.fragment or parts.username):
        raise ValueError("use an address such as https://encoder.example.org")
    if parts.scheme == "http" and not is_this_machine(parts.hostname):
        raise ValueError("use https://; http:// is for localhost only")
    return value.rstrip("/")


def is_this_machine(host: str | None) -> bool:
    return host in {"localhost", "127.0.0.1", "::1"}


def webhook_secrets(value: str) -> list[str]:
    """Secrets as Standard Webhooks writes them: `whsec_` and the base64 of 24 bytes or more."""
    found = [word.strip() for word in value.split(",") if word.strip()]
    for word in found:
        try:
            key = base64.b64decode(word.removeprefix("whsec_"), validate=True)
        except ValueError:
            key = b""
        if not word.startswith("whsec_") or len(key) < WEBHOOK_KEY_BYTES:
            raise ValueError(f"use whsec_ and the base64 of at least {WEBHOOK_KEY_BYTES} random bytes")
    return found


def program(value: str) -> str:
    if value and not shutil.which(value):
        raise ValueError("there is no such program; give its full path")
    return value


def mail_provider(value: str) -> str:
    if value and not find_spec(f"anymail.backends.{value}"):
        raise ValueError("use the name of an Anymail backend, such as postmark")
    return value
