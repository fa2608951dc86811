"""What the portal asks of the remote encoder, over HTTP. No redirect is followed, and nothing is waited for long."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import requests
from django.conf import settings
from django.utils.translation import gettext as _

from masterclasses.models import RemoteJob
from masterclasses.remote import outcomes
from masterclasses.remote.signing import signed
from masterclasses.transcoding.causes import EncodeFailed, ResultIncomplete

TIMEOUTS = (5, 30)  # seconds to connect, and without a byte
#: Seconds after which an answer that trickles is given up.
PATIENCE = 60
MOST_BYTES = 1024**2
BLOCK = 256 * 1024


def submit(job: RemoteJob, order: dict[str, Any]) -> None:
    """Hand over an order. Sending it again is the same order, by its key. Raises EncodeFailed."""
    ask("POST", "jobs", body=json.dumps(order), message=str(job.uuid))


def events_of(job: RemoteJob) -> list[dict[str, Any]]:
    """All that the service has to say of a job, as events with an `id`. Raises EncodeFailed."""
    answer = ask("GET", f"jobs/{job.uuid}", message=str(uuid4()))
    try:
        events = json.loads(answer)["events"]
    except (ValueError, KeyError, TypeError) as error:
        raise refused(_("its answer is not what was agreed")) from error
    return [event for event in events if isinstance(event, dict)] if isinstance(events, list) else []


def ask(method: str, path: str, *, message: str, body: str = "") -> bytes:
    if not settings.REMOTE_ENCODER_URL or not settings.REMOTE_ENCODER_SECRETS:
        raise EncodeFailed(outcomes.NOT_SET_UP, try_again=False)
    headers = signed(body, message=message) | {"Content-Type": "application/json", "Idempotency-Key": message}
    url = f"{settings.REMOTE_ENCODER_URL.rstrip('/')}/{path}"
    try:
        with requests.request(
            method, url, data=body, headers=headers, timeout=TIMEOUTS, allow_redirects=False, stream=True
        ) as answer:
            if answer.status_code == requests.codes.not_found and method == "GET":
                raise EncodeFailed(outcomes.FORGOTTEN, try_again=False)
            if answer.status_code not in (200, 201, 202):
                raise refused(_("it answered %(status)s") % {"status": answer.status_code})
            return limited(answer)
    except requests.RequestException as error:
        raise refused(type(error).__name__) from error


def limited(answer: requests.Response) -> bytes:
    began, body = time.monotonic(), b""
    for block in answer.iter_content(BLOCK):
        body += block
        if len(body) > MOST_BYTES or time.monotonic() - began > PATIENCE:
            raise refused(_("its answer is too long"))
    return body


def refused(why: str) -> EncodeFailed:
    return EncodeFailed(_("The remote encoder cannot be asked: %(why)s.") % {"why": why}, try_again=True)


def download(output: dict[str, Any], target: Path, *, beat: Callable[[], object]) -> None:
    """Fetch one file from the encoder's own host, and be sure that it is the one that was named.

    Raises EncodeFailed; ResultIncomplete when it is another one or is gone.
    """
    if not is_the_encoders(output["url"]):
        raise outcomes.WrongResult(outcomes.ELSEWHERE)
    found, left = hashlib.sha256(), output["bytes"]
    try:
        with (
            requests.get(output["url"], timeout=TIMEOUTS, allow_redirects=False, stream=True) as answer,
            target.open("wb") as file,
        ):
            check_status(answer.status_code)
            for block in answer.iter_content(BLOCK):
                left -= len(block)
                if left < 0:
                    raise ResultIncomplete
                found.update(block)
                file.write(block)
                beat()
    except requests.RequestException as error:
        raise refused(type(error).__name__) from error
    if left or found.hexdigest() != output["sha256"]:
        raise ResultIncomplete


def check_status(status: int) -> None:
    if status in (requests.codes.not_found, requests.codes.gone):
        raise ResultIncomplete
    if status != requests.codes.ok:
        raise refused(_("it answered %(status)s") % {"status": status})


def is_the_encoders(url: str) -> bool:
    """Whether an address has the scheme, host and port of the encoder's own, and no name or password."""
    try:
        ours, theirs = urlsplit(settings.REMOTE_ENCODER_URL), urlsplit(url)
        same = (ours.scheme, ours.hostname, ours.port) == (theirs.scheme, theirs.hostname, theirs.port)
    except ValueError:
        return False
    return same and theirs.username is None and theirs.password is None
