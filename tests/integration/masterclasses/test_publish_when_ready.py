"""A draft that publishes itself when its video can be watched: in whose name, when, and when not."""

from __future__ import annotations

import pytest
from django.utils import timezone
from wagtail.models import ModelLogEntry, PageLogEntry

from home.models import Area
from jobs.actions import claim, fail
from jobs.models import Notice
from masterclasses import publishing
from masterclasses.models import PartPage, PublishWish, Transcode
from masterclasses.tasks import publish_part
from tests.factories.accounts import AdminFactory, PersonFactory, browser_of
from tests.factories.masterclasses import PartPageFactory, TranscodeFactory, VideoFactory, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss():
    return AdminFactory(email="boss@example.org")


@pytest.fixture
def video():
    return VideoFactory()


@pytest.fixture
def encode(video):
    return TranscodeFactory(video=video)


@pytest.fixture
def part(video, encode):
    return PartPageFactory(title="Part three", video=video, live=False, owner=None)


@pytest.fixture
def wish(part, video, boss):
    return publishing.ask(part=part, revision=part.save_revision(user=boss), video=video, person=boss)


def becomes_watchable(encode: Transcode) -> None:
    Transcode.objects.filter(pk=encode.pk).update(status="done", finished_at=timezone.now())
    encode.refresh_from_db()
    encode.after_done()


def work() -> None:
    for pk in PublishWish.objects.due(timezone.now()).values_list("pk", flat=True):
        publish_part(pk)


def is_live(part: PartPage) -> bool:
    return PartPage.objects.get(pk=part.pk).live


def form_for(part: PartPage, **changes) -> dict[str, str]:
    formsets = ("chapters", "captions", "downloads", "comments")
    management = {f"{name}-{key}": "0" for name in formsets for key in ("TOTAL_FORMS", "INITIAL_FORMS")}
    fields = {
        "title": part.title,
        "slug": part.slug,
        "summary": "What employers look for.",
        "published_on": "2026-01-01",
        "video": str(part.video_id or ""),
        "areas": [str(Area.objects.values_list("pk", flat=True)[0])],
        "body": "null",
        "takeaways": "null",
    }
    return {key: value for key, value in (management | fields | changes).items() if value is not None}


def save(user, part, **changes):
    return browser_of(user).post(f"/admin/pages/{part.pk}/edit/", form_for(part, **changes))


def test_the_draft_is_published_when_the_video_can_be_watched_as_who_asked_with_entries_in_the_log(
    wish, part, encode, boss
):
    work()
    assert not is_live(part)

    becomes_watchable(encode)
    work()

    assert is_live(part)
    log = PageLogEntry.objects.filter(page=part.pk)
    assert log.filter(action=publishing.DONE, user=boss).count() == 1
    assert log.filter(action="wagtail.publish", user=boss).count() == 1
    assert Notice.objects.filter(recipient=boss, event="published").count() == 1
    assert ModelLogEntry.objects.count() == 0


def test_the_first_size_is_enough(wish, part, encode):
    encode.video.published = encode
    encode.video.save()
    publishing.video_can_be_watched(encode.video_id)
    work()

    assert is_live(part)


def test_replaying_publishes_and_tells_once(wish, part, encode):
    becomes_watchable(encode)
    for _time in range(10):
        encode.after_done()
        publish_part(wish.pk)

    assert PageLogEntry.objects.filter(page=part.pk, action="wagtail.publish").count() == 1
    assert Notice.objects.filter(event="published").count() == 1


def test_a_failed_encode_leaves_the_draft_and_its_notice_says_so_and_a_retry_publishes(wish, part, encode, boss):
    row = claim(Transcode, encode.pk)
    fail(row, reason="The file is damaged.")
    work()

    assert not is_live(part)
    notice = Notice.objects.get(recipient=boss, event__startswith="failed")
    assert "“Part three” stays a draft until the video is ready." in notice.message
    becomes_watchable(encode)
    work()
    assert is_live(part)


def test_an_earlier_file_that_can_be_watched_is_not_enough(part, video, encode, boss):
    publish(video)
    TranscodeFactory(video=video)
    wish = publishing.ask(part=part, revision=part.save_revision(), video=video, person=boss)

    publish_part(wish.pk)

    assert not is_live(part)


def test_a_video_that_is_ready_already_publishes_at_once(part, video, boss, commit):
    publish(video)
    publishing.ask(part=part, revision=part.save_revision(), video=video, person=boss)
    work()

    assert is_live(part)


def test_what_was_asked_for_is_published_and_not_what_somebody_wrote_later(wish, part, encode):
    part.title = "Not ready for anybody to see"
    part.save_revision()
    becomes_watchable(encode)
    work()

    stored = PartPage.objects.get(pk=part.pk)
    assert (stored.live, stored.title) == (True, "Part three")
    assert stored.get_latest_revision_as_object().title == "Not ready for anybody to see"


@pytest.mark.parametrize("change", ["published", "unpublished", "withdrawn", "deleted"])
def test_whoever_changes_their_mind_has_the_last_word(wish, part, encode, change):
    if change == "withdrawn":
        publishing.withdraw(part.pk)
    elif change == "deleted":
        part.delete()
    else:
        part.save_revision().publish()
        if change == "unpublished":
            PartPage.objects.get(pk=part.pk).unpublish()
    becomes_watchable(encode)
    work()

    assert not PublishWish.objects.exists()
    assert PartPage.objects.filter(pk=part.pk, live=True).exists() is (change == "published")
    assert not Notice.objects.filter(event="published").exists()


@pytest.mark.parametrize(
    ("change", "words"), [("rights", "may not publish it any more"), ("locked", "is locked"), ("summary", "is missing")]
)
def test_what_stands_in_the_way_is_said_and_the_draft_stays(part, video, encode, boss, change, words):
    person = PersonFactory(groups=["Moderators"])
    if change == "summary":
        part.summary = ""
    wish = publishing.ask(part=part, revision=part.save_revision(clean=False), video=video, person=person)
    if change == "rights":
        person.groups.clear()
    elif change == "locked":
        PartPage.objects.filter(pk=part.pk).update(locked=True, locked_by=boss)
    becomes_watchable(encode)
    work()

    assert not is_live(part)
    wish.refresh_from_db()
    assert wish.status == "failed"
    notice = Notice.objects.get(recipient=person, event="failed")
    assert words in notice.message
    assert notice.level == "bad"


def test_the_editor_ticks_it_in_the_form_and_unticks_it_again(part, encode, boss):
    assert save(boss, part, publish_when_ready="on").status_code == 302
    wish = PublishWish.objects.get()
    assert (wish.person, wish.video, wish.is_parked) == (boss, part.video, True)
    assert wish.revision == PartPage.objects.get(pk=part.pk).latest_revision
    assert PageLogEntry.objects.filter(page=part.pk, action=publishing.ASKED, user=boss).count() == 1

    page = browser_of(boss).get(f"/admin/pages/{part.pk}/edit/").content.decode()
    assert "This draft will be published when the video is ready, as Person" in page
    assert 'name="publish_when_ready"' in page
    assert page.count("checked") >= 1

    save(boss, part)
    assert not PublishWish.objects.exists()


def test_saving_again_takes_the_newer_draft(part, encode, boss):
    save(boss, part, publish_when_ready="on")
    save(boss, part, publish_when_ready="on", title="A better title")
    becomes_watchable(encode)
    work()

    assert PartPage.objects.get(pk=part.pk).title == "A better title"


def test_what_is_needed_for_publishing_is_asked_for_when_it_is_ticked(part, encode, boss):
    answer = save(boss, part, publish_when_ready="on", video=None, summary="")

    errors = answer.context["form"].errors
    assert {"video", "summary"} <= set(errors)
    assert not PublishWish.objects.exists()


def test_only_who_may_publish_can_ask(part, encode):
    editor = PersonFactory(groups=["Editors"])

    page = browser_of(editor).get(f"/admin/pages/{part.pk}/edit/").content.decode()
    save(editor, part, publish_when_ready="on")

    assert "publish_when_ready" not in page
    assert not PublishWish.objects.exists()


def test_an_editor_without_the_right_does_not_take_the_wish_away(wish, part):
    save(PersonFactory(groups=["Editors"]), part)

    assert PublishWish.objects.filter(pk=wish.pk).exists()
