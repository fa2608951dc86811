"""Loading the sample community, with films of one second in place of whole ones."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone
from wagtail.models import Page, ReferenceIndex

from careers.actions import leave
from careers.models import (
    ArticlePage,
    Bookmark,
    Completion,
    Credential,
    Enrolment,
    Feedback,
    LearningHours,
    LearningPathPage,
    Note,
    PathStep,
    PlanSlot,
    ResourcePage,
)
from careers.progress.explaining import explain
from careers.reports.paths import standings
from home.models import ContentPage, CustomImage, CustomRendition, HomePage, Person
from jobs.models import LeasedRow, Mail
from masterclasses.models import MasterclassPage, PartPage, Transcode, Video, WatchBeat
from portal.sample import slides
from portal.sample.loader import ACCOUNTS, SampleCommunity

pytestmark = pytest.mark.django_db
make_film = slides.make_film
MINUTE = 66.0
OF_PEOPLE = (Enrolment, Completion, WatchBeat, Note, Bookmark, Feedback, PlanSlot, Credential, LearningHours, Mail)
PRACTITIONER = "practitioner@example.org"


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


class WithFilmsOfAMinute(SampleCommunity):
    """The files are short; the library says otherwise, so that there is something to watch and to miss."""

    def films(self):
        yield from super().films()
        yield "films of a minute", lambda: Video.objects.update(duration=MINUTE)


def load() -> None:
    for _title, step in WithFilmsOfAMinute().steps():
        step()


def counts() -> dict[str, int]:
    models = (Page, Person, CustomImage, Video, Transcode, PathStep, get_user_model(), ReferenceIndex, *OF_PEOPLE)
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


def test_the_practitioner_finds_everything_that_one_can_have(client):
    load()
    priya = get_user_model().objects.get(email=PRACTITIONER)
    client.force_login(priya)

    learning = client.get("/learning/").content.decode()

    for path in ("Keep learning, cheaply", "Your first year in a project office", "Know your market"):
        assert path in learning
    assert "at 0:48" in learning  # where the second device stopped
    assert "You have read 60 %" in explain(priya, ContentPage.objects.get(slug="five-shapes-of-project-office"))
    assert "you missed 0:18–0:31" in explain(priya, ContentPage.objects.get(slug="the-marketplace"))
    assert set(Completion.objects.of(priya).values_list("how", flat=True)) == {"read", "marked", "watched"}
    assert Note.objects.filter(person=priya, seconds__isnull=False).count() == 2
    assert Note.objects.filter(person=priya).exclude(anchor="").count() == 1
    assert Bookmark.objects.of(priya).count() == 3
    assert Feedback.objects.filter(person=priya).exclude(answer="").count() == 1
    assert list(PlanSlot.objects.filter(plan__person=priya).values_list("minutes", flat=True)) == [40, 30]
    (certificate,) = Credential.objects.of(priya)
    assert certificate.minutes == sum(step["minutes"] for step in certificate.evidence["steps"]) > 0
    assert "Keep learning, cheaply" in client.get(certificate.get_absolute_url()).content.decode()


def test_enough_people_follow_and_finish_a_path_to_be_told_of():
    load()
    path = LearningPathPage.objects.get(slug="keep-learning-cheaply")

    standing = standings([path.pk])[path.pk]

    assert (standing.enrolled.small, standing.finished.small) == (False, False)
    assert 7 < standing.median.days < 70
    assert not standing.active.small


def test_what_somebody_has_changed_since_is_left_alone():
    load()
    priya = get_user_model().objects.get(email=PRACTITIONER)
    Note.objects.of(priya).delete()
    Bookmark.objects.of(priya).delete()
    leave(person=priya, path=LearningPathPage.objects.get(slug="know-your-market"))

    load()

    assert not Note.objects.of(priya).exists()
    assert not Bookmark.objects.of(priya).exists()
    assert Enrolment.objects.of(priya).count() == 2
