"""A real worker that is killed again and again while it takes over an export."""

from __future__ import annotations

import signal
from collections import Counter
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect

from careers.models import ArticlePage, WordPressImport, WordPressItem, WordPressOrigin
from careers.wordpress.actions import begin, start
from home.models import CustomImage, Person
from jobs import sweeper
from tests import wxr
from tests.factories.careers import LibraryPageFactory
from tests.factories.home import AreaFactory
from tests.integration.careers.test_wordpress_import import uploads
from tests.processes import Worker, publish_to_workers, wait_for

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]
Verdict = WordPressItem.Verdict
Phase = WordPressImport.Phase


@pytest.fixture(autouse=True)
def woken() -> None:
    """Here wake-ups are real."""


@pytest.fixture
def worker(transactional_db, settings, tmp_path, monkeypatch):
    """A worker to start; it and this process keep files in the same folder."""
    publish_to_workers("periodic", tmp_path, monkeypatch)
    settings.MEDIA_ROOT = tmp_path / "media"
    worker = Worker(tmp_path, "periodic")
    yield worker
    worker.stop(signal.SIGKILL)
    print(worker.log())


def let_leases_run_out() -> None:
    WordPressImport.objects.running().update(lease_until=timezone.now() - timedelta(seconds=1))
    sweeper.sweep()


def kill_after(worker: Worker, reached) -> None:
    worker.start()
    sweeper.sweep()
    wait_for(reached)
    worker.stop(signal.SIGKILL)
    worker.wait_for_all()
    let_leases_run_out()


def test_a_worker_killed_in_the_midst_of_an_import_loses_nothing_and_doubles_nothing(worker):
    LibraryPageFactory()
    area = AreaFactory(slug="training", title="Training")
    batch = begin(file=ContentFile(wxr.export(), "export.xml"), by=None, pictures=uploads(), fetch_pictures=False)
    kill_after(worker, lambda: batch.items.exclude(verdict=Verdict.WAITING).count() > 20)
    worker.start()
    wait_for(lambda: WordPressImport.objects.filter(pk=batch.pk, phase=Phase.LOOKED).exists())
    worker.stop(signal.SIGKILL)  # before it is told to go on: three deaths in a row would end the import
    worker.wait_for_all()
    batch.refresh_from_db()
    start(batch=batch, areas=batch.areas, default_area=area)
    for pages in (10, 60):
        kill_after(worker, lambda pages=pages: ArticlePage.objects.count() > pages)
    worker.start()
    wait_for(lambda: WordPressImport.objects.filter(pk=batch.pk, phase=Phase.TAKEN).exists())

    batch.refresh_from_db()
    verdicts = Counter(batch.items.values_list("verdict", flat=True))
    posts = batch.items.filter(kind="post")
    assert batch.items_found == sum(verdicts.values()) == wxr.export().count(b"<item>")
    assert Verdict.WAITING not in verdicts
    assert not batch.items.exclude(page=None).exclude(verdict__in=[Verdict.TAKEN, Verdict.UNCHANGED]).exists()
    assert (
        ArticlePage.objects.count()
        == posts.exclude(page=None).count()
        == len(set(posts.values_list("page", flat=True)) - {None})
    )
    assert Person.objects.count() == 2
    assert CustomImage.objects.count() == 2
    assert Redirect.objects.values("old_path").distinct().count() == Redirect.objects.count()
    assert set(ArticlePage.objects.values_list("pk", flat=True)) <= set(
        WordPressOrigin.objects.values_list("page", flat=True)
    )
