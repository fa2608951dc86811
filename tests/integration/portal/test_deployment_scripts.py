"""What the image runs beside the services: entry point, health check, preparation, static files, deployment check."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings
from wagtail.models import Site

from home.actions import give_site_its_address
from tests.architecture.source import ROOT
from tests.processes import production_environment

STATIC_TAG = re.compile(r"""{% static ['"]([^'"]+)['"]""")


def run(*command: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=120, check=False)


def entrypoint(tmp_path: Path, **env: str) -> str:
    path = f"{Path(sys.executable).parent}:/usr/bin:/bin"
    printed = run("deploy/entrypoint", "sh", "-c", "echo $SECRET_KEY", PATH=path, PORTAL_DATA_DIR=str(tmp_path), **env)
    assert printed.returncode == 0, printed.stderr
    return printed.stdout.strip()


def test_the_entry_point_makes_one_secret_and_keeps_it_from_others(tmp_path):
    first = entrypoint(tmp_path)

    assert len(first) >= 50
    assert entrypoint(tmp_path) == first
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


def test_the_entry_point_uses_the_secret_it_is_given(tmp_path):
    assert entrypoint(tmp_path, SECRET_KEY="given") == "given"
    assert not (tmp_path / "secret-key").exists()


class Answer(BaseHTTPRequestHandler):
    status = 200
    hosts: list[str] = []

    def do_GET(self) -> None:
        self.hosts.append(self.headers["Host"])
        self.send_response(self.status)
        self.end_headers()

    def log_message(self, *args) -> None:
        """Say nothing."""


@pytest.fixture
def server():
    Answer.status, Answer.hosts = 200, []
    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def health(port: int) -> int:
    return run(sys.executable, "deploy/healthcheck.py", str(port), BASE_URL="https://portal.example.org").returncode


def test_the_health_check_asks_under_the_portals_own_name(server):
    assert health(server.server_port) == 0
    assert Answer.hosts == ["portal.example.org"]


def test_the_health_check_fails_when_the_portal_is_ill_or_away(server):
    Answer.status = 503
    assert health(server.server_port) == 1

    server.server_close()
    assert health(server.server_port) == 1


def test_production_passes_djangos_deployment_check_with_nothing_silenced(tmp_path):
    checked = run(
        *(sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"),
        **production_environment(tmp_path, BASE_URL="https://portal.example.org", ALLOWED_HOSTS="portal.example.org"),
    )

    assert checked.returncode == 0, checked.stderr
    assert "(0 silenced)" in checked.stdout + checked.stderr


@pytest.mark.parametrize("command", [["manage.py", "check"], ["-m", "gunicorn", "-c", "deploy/gunicorn.conf.py"]])
def test_a_wrong_setting_stops_the_start_with_its_sentence_last(tmp_path, command):
    refused = run(sys.executable, *command, **production_environment(tmp_path, DEBUG="maybe"))

    assert refused.returncode != 0
    assert refused.stderr.strip().endswith("DEBUG='maybe' cannot be used: use true or false.")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("base_url", "root"),
    [
        ("https://portal.example.org", "https://portal.example.org"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("http://portal.example.org", "http://portal.example.org"),
    ],
)
def test_preparation_gives_the_site_its_public_address(base_url, root):
    give_site_its_address(base_url=base_url)

    assert Site.objects.get(is_default_site=True).root_url == root


def test_the_sample_accounts_never_get_to_a_site_with_a_public_address(settings):
    settings.HTTPS = True

    with pytest.raises(CommandError, match="passwords are public"):
        call_command("prepare", "--sample")


@pytest.fixture(scope="module")
def manifest(tmp_path_factory) -> dict[str, str]:
    root = tmp_path_factory.mktemp("static")
    storages = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "portal.static_storage.StaticStorage"},
    }
    with override_settings(STATIC_ROOT=root, STORAGES=storages):
        call_command("collectstatic", interactive=False, verbosity=0)
    paths = json.loads((root / "staticfiles.json").read_text())["paths"]
    return {"": str(root)} | paths


def test_every_static_file_that_a_template_names_is_collected(manifest):
    named = {name for path in (ROOT / "templates").rglob("*.html") for name in STATIC_TAG.findall(path.read_text())} - {
        "hls.js/hls.min.js"
    }

    assert named
    assert named - set(manifest) == set()


def test_modules_import_one_another_under_their_hashed_names(manifest):
    imports = re.compile(r"""(?:from|import)\s*\(?\s*["'](\.[^"']+)["']""")
    ours = [Path(manifest[""]) / manifest[name] for name in manifest if name.startswith("js/")]

    plain = [
        f"{path.name}: {name}"
        for path in ours
        for name in imports.findall(path.read_text())
        if not re.search(r"\.[0-9a-f]{12}\.js$", name)
    ]

    assert plain == []
