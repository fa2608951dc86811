"""Loading the sample community, with films of one second in place of whole ones."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone
from wagtail.models import Page, ReferenceIndex

from careers.models import ArticlePage, LearningPathPage, PathStep, ResourcePage
from home.models import ContentPage, CustomImage, CustomRendition, HomePage, Person
from jobs.models import LeasedRow
from masterclasses.models import MasterclassPage, PartPage, Transcode, Video
from portal.sample import slides
from portal.sample.loader import ACCOUNTS, SampleCommunity

pytestmark = pytest.mark.django_db
make_film = slides.make_film


def no_renditions(image, *specs):
    """What a page shows for a picture whose file is gone, so that nothing is drawn."""
    picture = CustomRendition(image=image, width=1, height=1, file="not-found.webp")
    return {getattr(spec, "spec", spec): picture for spec in specs}


@pytest.fixture(autouse=True)
def small_things(monkeypatch):
    """One second of film, and no renditions."""

    def make(ffmpeg, all_slides, series, hue, target):
        make_film(ffmpeg, [all_slides[0] | {"seconds": 1}], series, hue, target)

    monkeypatch.setattr(slides, "make_film", make)
    monkeypatch.setattr(CustomImage, "get_renditions", no_renditions)


def load() -> None:
    for _title, step in SampleCommunity().steps():
        step()


def counts() -> dict[str, int]:
    models = (Page, Person, CustomImage, Video, Transcode, PathStep, get_user_model(), ReferenceIndex)
    return {model.__name__: model._default_manager.count() for model in models}


def test_everything_promised_is_there_and_loading_again_changes_nothing(client):
    load()
    assert ArticlePage.objects.live().count() >= 16
    assert ResourcePage.objects.live().in_language("en-gb").count() == 6
    assert LearningPathPage.objects.live().in_language("en-gb").count() == 5
    assert set(ContentPage.objects.in_language("de").values_list("kind", flat=True)) == {"article", "resource", "path"}
    assert Person.objects.count() == 6
    assert PartPage.objects.live().exclude(video=None).count() == 4
    assert list(Transcode.objects.values_list("status", flat=True)) == [LeasedRow.Status.WAITING] * 4
    coming = set(MasterclassPage.objects.filter(event_date__gt=timezone.localdate()).values_list("pk", flat=True))
    assert len(coming) == 1
    for page in ContentPage.objects.all():
        assert all((page.summary, page.cover, page.areas.exists())), page
        assert bool(page.minutes) != (page.pk in coming), page  # nothing to watch before the evening
    for page in HomePage.objects.first().get_descendants(inclusive=True).live():
        assert client.get(page.url).status_code == 200, page
    for account in ACCOUNTS:
        assert client.login(email=account["email"], password=account["password"])

    article = ArticlePage.objects.first()
    article.title = "An editor's own title"
    article.save_revision().publish()
    before = counts()
    load()
    assert counts() == before
    assert ArticlePage.objects.get(pk=article.pk).title == "An editor's own title"
