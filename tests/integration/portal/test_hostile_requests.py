"""Requests that are too big, headers that lie, and settings with a hole (rows 4.5, 4.13, 4.15 of docs/threats.md)."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time

import pytest
from django.test import Client

from jobs.models import Mail
from tests.architecture.source import ROOT
from tests.factories.accounts import PersonFactory, browser_of

pytestmark = pytest.mark.django_db

PROFILE = "/accounts/profile/"
EVIL = {"HTTP_X_FORWARDED_HOST": "evil.test", "HTTP_FORWARDED": "host=evil.test"}


def test_a_mail_never_has_the_host_of_a_header(mailoutbox, django_capture_on_commit_callbacks):
    person = PersonFactory()

    with django_capture_on_commit_callbacks(execute=True):
        Client().post("/accounts/password/reset/", {"email": person.email}, **EVIL)

    sent = [mail.body for mail in mailoutbox] + [mail.text for mail in Mail.objects.all()]
    assert re.search(r"http\S+/password/reset/key/", " ".join(sent))
    assert "evil.test" not in " ".join(sent)


def test_a_huge_body_is_refused_quickly():
    client = browser_of(PersonFactory())
    began = time.monotonic()

    answer = client.post(PROFILE, {"name": "x" * (6 * 1024 * 1024)}, content_type="application/x-www-form-urlencoded")

    assert answer.status_code in {400, 413}
    assert time.monotonic() - began < 2


def test_thousands_of_fields_are_refused():
    fields = "&".join(f"field{number}=1" for number in range(10_001))

    answer = browser_of(PersonFactory()).post(PROFILE, fields, content_type="application/x-www-form-urlencoded")

    assert answer.status_code in {400, 413}


def test_thousands_of_files_in_one_form_are_refused():
    part = '--x\r\nContent-Disposition: form-data; name="f"; filename="a"\r\n\r\n\r\n'
    body = part * 101 + "--x--\r\n"

    answer = browser_of(PersonFactory()).post(PROFILE, body, content_type="multipart/form-data; boundary=x")

    assert answer.status_code in {400, 413}


def test_the_settings_of_a_deployment_pass_djangos_own_check(tmp_path):
    environment = {
        **{name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "VIRTUAL_ENV", "LANG"}},
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "PORTAL_MODE": "production",
        "PORTAL_DATA_DIR": str(tmp_path),
        "SECRET_KEY": "an-invented-key-for-this-check-that-is-long-enough-and-has-many-different-letters-0123456789",
        "ALLOWED_HOSTS": "portal.example.org",
        "BASE_URL": "https://portal.example.org",
        "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
        "REDIS_URL": "redis://127.0.0.1:1/1",
        "EMAIL_URL": "smtp://127.0.0.1:1",
        "DEFAULT_FROM_EMAIL": "portal@example.org",
        "DIGEST_FROM_EMAIL": "digest@example.org",
    }
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]

    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=120)

    assert done.returncode == 0, done.stdout + done.stderr
