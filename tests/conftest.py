"""Fixtures for every test. See docs/testing.md for what belongs in which layer."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from zlib import crc32

import pytest
from django.core.cache import cache
from django.db import connection
from modelsearch import signal_handlers
from pytest_django.plugin import DjangoDbBlocker
from wagtail.models import Site
from wagtail.signal_handlers import disable_reference_index_auto_update

from home import naming
from tests.architecture.source import ROOT
from tests.database import end_other_sessions, keep_what_the_migrations_put_in
from tests.scripted_web import scripted_site
from tests.settings import SCRATCH
from tests.template import copy_template, keep_template


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--require-browser",
        action="store_true",
        help="Fail, rather than skip, the browser tests when no Chromium is found.",
    )


def file_of_the_tests() -> Path:
    return Path(connection.settings_dict["TEST"]["NAME"])


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests with real workers come first, and so in one test process: they wait for one another, and are long.

    What depends on how busy the machine is gets a second try, which the summary lists as a rerun.
    """
    items.sort(key=lambda item: item.get_closest_marker("processes") is None)
    for item in items:
        if item.get_closest_marker("browser") or item.get_closest_marker("processes"):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None) -> bool:
    """Begin with a migrated file where there is one. The scratch folder goes, and the test's database with it."""
    return connection.vendor == "sqlite" and copy_template(file_of_the_tests())


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_keepdb: bool, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """The database as the migrations leave it, which every test finds, and leaves."""
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite" and not django_db_keepdb:
            keep_template(file_of_the_tests())
        keep_what_the_migrations_put_in()
    yield
    with django_db_blocker.unblock():
        end_other_sessions()


@pytest.fixture(autouse=True)
def _one_set_of_workers(request: pytest.FixtureRequest):
    """Tests that start real workers share a broker, and would take each other's work: one at a time.

    A lock, for no way of dealing tests out to processes keeps two of them apart for certain. Other suites on this
    machine have a lock of their own, unless they have the same broker.
    """
    if not request.node.get_closest_marker("processes"):
        yield
        return
    broker = crc32((os.environ.get("REDIS_URL") or str(ROOT)).encode())
    with (Path(tempfile.gettempdir()) / f"career-portal-workers-{os.getuid()}-{broker}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@pytest.fixture(autouse=True)
def _no_reference_index(request: pytest.FixtureRequest):
    """Half of what a page costs to save is an index of references that few tests read."""
    if request.node.get_closest_marker("references"):
        yield
        return
    with disable_reference_index_auto_update():
        yield


@pytest.fixture(autouse=True)
def _no_search_index(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A third of what a page then costs to save is an index that only tests of searching read."""
    if not request.node.get_closest_marker("searches"):
        forgotten = SimpleNamespace(enqueue=lambda *_args: None)
        monkeypatch.setattr(signal_handlers, "insert_or_update_object_task", forgotten)


@pytest.fixture(scope="session", autouse=True)
def scratch_folder():
    """Each test process has a data folder of its own, removed afterwards."""
    SCRATCH.mkdir(parents=True, exist_ok=True)
    yield SCRATCH
    shutil.rmtree(SCRATCH, ignore_errors=True)


@pytest.fixture(autouse=True)
def _fresh_memory(settings, tmp_path):
    """No test sees what another left in the cache, in media or in Wagtail's site cache."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.UPLOADS_DIR = tmp_path / "uploads"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    cache.clear()
    Site.clear_site_root_paths_cache()
    naming.forget()


@pytest.fixture
def site(settings):
    """A scripted web server that this test alone may ask."""
    with scripted_site() as served:
        settings.PRIVATE_WEB_HOSTS = frozenset({served.host})
        yield served


@pytest.fixture
def guarded_site():
    """A web server on this machine that must never be asked: whatever reaches it fails the test."""
    with scripted_site() as served:
        yield served
        assert served.asked == [], "a private address was asked"
