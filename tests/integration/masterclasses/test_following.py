"""Following a masterclass: one mail for each new part."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.utils import timezone
from wagtail.models import PageViewRestriction

from jobs.actions import claim, start_again
from masterclasses.models import Follow, PartNews, Premiere
from masterclasses.tasks import premiere as premiere_task
from masterclasses.tasks import send_part_news
from masterclasses.telling import following
from tests.factories.accounts import AdminFactory, PersonFactory
from tests.factories.masterclasses import (
    FollowFactory,
    MasterclassPageFactory,
    PartPageFactory,
    VideoFactory,
    publish,
)
from tests.queries import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def series():
    return MasterclassPageFactory(title="Ready for the market")


def ready_video():
    video = VideoFactory()
    publish(video)
    return video


def new_part(series, video=None, **fields):
    """A part that is published as Wagtail publishes it."""
    part = PartPageFactory(parent=series, video=video or ready_video(), live=False, **fields)
    part.save_revision().publish()
    part.refresh_from_db()
    return part


def work() -> None:
    """What the workers do with what is due."""
    for pk in Premiere.objects.due(timezone.now()).values_list("pk", flat=True):
        premiere_task(pk)
    send_part_news()


def told() -> list[str]:
    return sorted(address for message in mail.outbox for address in message.to)


def test_followers_get_one_mail_when_a_new_part_is_out(series):
    follow = FollowFactory(masterclass=series, person__email="ann@example.org", person__name="Ann Lee")
    part = new_part(series, title="Part four", summary="What employers look for.")
    work()

    message = mail.outbox[0]
    assert message.to == ["ann@example.org"]
    assert message.subject == "New in “Ready for the market”: Part four"
    html = message.alternatives[0][0]
    for words in ("Hello Ann", "What employers look for.", part.url, f"/watch/f/{follow.key}"):
        assert words in message.body
        assert words in html
    header = message.extra_headers["List-Unsubscribe"]
    assert header.endswith(f"/watch/f/{follow.key}>")
    assert len(header) <= 77
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_once_for_each_part_and_person_ever(series):
    FollowFactory.create_batch(2, masterclass=series)
    part = new_part(series)
    for _replay in range(10):
        work()
        part.save_revision().publish()
        following.note_premieres(type(part).objects.filter(pk=part.pk))
        premiere_task(part.premiere.pk)
    part.unpublish()
    part.save_revision().publish()
    work()
    assert len(mail.outbox) == 2

    new_part(series)
    work()
    assert len(mail.outbox) == 4


def test_who_stops_and_follows_again_is_not_told_of_the_same_part_twice(series):
    follow = FollowFactory(masterclass=series)
    new_part(series)
    work()
    following.unfollow(person=follow.person, masterclass_id=series.pk)
    following.follow(person=follow.person, masterclass=series)
    work()

    assert len(mail.outbox) == 1


def test_parts_that_were_out_before_are_not_told(series):
    part = new_part(series)
    work()
    FollowFactory(masterclass=series)
    part.save_revision().publish()
    work()

    assert told() == []


def test_a_part_is_out_only_with_a_video_that_can_be_watched(series, commit):
    FollowFactory(masterclass=series, person__email="ann@example.org")
    video = VideoFactory()
    new_part(series, video=video)
    work()
    assert told() == []

    transcode = publish(video)
    with commit():
        transcode.after_done()
    work()

    assert told() == ["ann@example.org"]


def test_a_draft_is_not_told(series):
    FollowFactory(masterclass=series)
    video = ready_video()
    PartPageFactory(parent=series, video=video, live=False)
    video.published.after_done()
    work()

    assert not Premiere.objects.exists()


def test_followers_of_another_masterclass_are_not_told(series):
    FollowFactory(masterclass=MasterclassPageFactory())
    new_part(series)
    work()

    assert told() == []


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (PageViewRestriction.LOGIN, ["anybody@example.org", "boss@example.org", "member@example.org"]),
        (PageViewRestriction.GROUPS, ["boss@example.org", "member@example.org"]),
        (PageViewRestriction.PASSWORD, []),
    ],
)
@pytest.mark.parametrize("where", ["part", "series"])
def test_a_private_part_is_told_to_those_who_may_see_it(series, kind, expected, where):
    members = Group.objects.create(name="Members")
    people = {name: PersonFactory(email=f"{name}@example.org") for name in ("anybody", "member")}
    people["boss"] = AdminFactory(email="boss@example.org")
    people["member"].groups.add(members)
    for person in people.values():
        FollowFactory(masterclass=series, person=person)
    part = PartPageFactory(parent=series, video=ready_video(), live=False)
    page = part if where == "part" else series
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=kind, password="x")
    if kind == PageViewRestriction.GROUPS:
        restriction.groups.add(members)
    part.save_revision().publish()
    work()

    assert told() == expected


@pytest.mark.parametrize("change", ["left", "unpublished", "closed"])
def test_what_changed_before_the_mail_left_counts(series, change):
    follow = FollowFactory(masterclass=series)
    part = new_part(series)
    premiere_task(part.premiere.pk)
    if change == "left":
        following.unfollow(person=follow.person, masterclass_id=series.pk)
    elif change == "unpublished":
        part.unpublish()
    else:
        follow.person.is_active = False
        follow.person.save()
    send_part_news()

    assert mail.outbox == []
    row = PartNews.objects.get()
    assert row.status == "done"
    assert row.reason


def test_a_worker_that_dies_in_the_middle_leaves_nobody_out_and_tells_nobody_twice(series, monkeypatch):
    FollowFactory.create_batch(7, masterclass=series)
    monkeypatch.setattr(following, "CHUNK", 3)
    part = new_part(series)
    row = claim(Premiere, part.premiere.pk)
    monkeypatch.setattr(following, "wake_senders", lambda due: None)
    PartNews.objects.bulk_create(
        [PartNews(part=part, person_id=pk) for pk in Follow.objects.values_list("person", flat=True)[:3]]
    )
    Premiere.objects.filter(pk=row.pk).update(status="failed", reason="Killed.", claim_token=None, lease_until=None)
    start_again(Premiere.objects.get(pk=row.pk))
    work()

    assert len(mail.outbox) == len(set(told())) == 7


def test_a_mail_server_that_refuses_for_now_is_asked_again_later(series, settings):
    FollowFactory(masterclass=series)
    new_part(series)
    settings.EMAIL_BACKEND = "nowhere.Backend"
    work()

    row = PartNews.objects.get()
    assert (row.status, row.attempts) == ("waiting", 1)


def test_finding_followers_costs_the_same_for_ten_times_as_many(series):
    part = new_part(series)
    row = Premiere.objects.get(part=part)

    def tell() -> None:
        following.tell_followers(row)

    FollowFactory.create_batch(3, masterclass=series)
    before = len(queries_of(tell))
    FollowFactory.create_batch(27, masterclass=series)

    assert len(queries_of(tell)) == before
