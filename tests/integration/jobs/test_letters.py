"""Mail at once, one letter a day, or no mail: as each person wants it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from jobs.actions import claim, start_again
from jobs.letters import write_letter
from jobs.models import DailyLetter, Mail, Notice, NoticePreference
from jobs.notices import mark_read, notify
from jobs.running import run
from jobs.sweeper import sweep
from jobs.tasks import deliver_mail, letter
from tests.factories.accounts import AdminFactory, PersonFactory, browser_of

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
MORNING_AFTER = datetime(2026, 3, 3, 8, 0, 30, tzinfo=UTC)


def person_who_wants(how, hour=8, **fields):
    person = PersonFactory(**fields)
    NoticePreference.objects.create(person=person, how=how, hour=hour)
    return person


def tell(person, event="ready", **words):
    return notify(subject=person, event=event, recipient=person, **({"title": f"It is {event}"} | words))


def write_all(now):
    for pk in DailyLetter.objects.due(now).values_list("pk", flat=True):
        letter(pk)


def test_who_never_said_is_told_by_mail_at_once():
    tell(PersonFactory())

    assert (Mail.objects.count(), DailyLetter.objects.count()) == (1, 0)


def test_admin_only_brings_no_mail_at_all():
    notice = tell(person_who_wants("admin"))

    assert notice is not None
    assert (Mail.objects.count(), DailyLetter.objects.count()) == (0, 0)


def test_a_day_of_news_is_one_letter_at_the_chosen_local_hour():
    with time_machine.travel(NOON, tick=False):
        person = person_who_wants("daily", hour=7, time_zone="Asia/Tokyo")
        for event in ("ready", "watchable", "failed"):
            tell(person, event, level="bad" if event == "failed" else "good", url="/admin/")
        row = DailyLetter.objects.get()
        assert Mail.objects.count() == 0
        assert row.day == date(2026, 3, 3)
        assert row.next_try_at == datetime(2026, 3, 2, 22, 0, tzinfo=UTC)

    with time_machine.travel(row.next_try_at + timedelta(seconds=1), tick=False):
        for _replay in range(10):
            letter(row.pk)

    message = Mail.objects.get()
    assert message.subject == "3 things happened on the portal"
    for words in ("It is ready", "It is watchable", "It is failed", "Change how you are told"):
        assert words in message.text
        assert words in message.html
    assert message.text.index("It is failed") < message.text.index("It is ready"), "what needs them comes first"


def test_a_second_day_has_a_letter_of_its_own_and_a_day_without_news_has_none():
    with time_machine.travel(NOON, tick=False):
        person = person_who_wants("daily")
        tell(person)
    with time_machine.travel(MORNING_AFTER, tick=False):
        write_all(MORNING_AFTER)
        tell(person, "failed")

    assert list(DailyLetter.objects.order_by("day").values_list("day", "status")) == [
        (date(2026, 3, 3), "done"),
        (date(2026, 3, 4), "waiting"),
    ]
    assert Mail.objects.count() == 1


def test_what_was_read_in_the_admin_is_not_mailed():
    with time_machine.travel(NOON, tick=False):
        tell(person_who_wants("daily"))
        mark_read(Notice.objects.all())
    with time_machine.travel(MORNING_AFTER, tick=False):
        write_all(MORNING_AFTER)

    row = DailyLetter.objects.get()
    assert (row.status, row.reason) == ("done", "Everything was read in the admin before.")
    assert Mail.objects.count() == 0


@pytest.mark.parametrize("change", ["admin only", "closed"])
def test_who_wants_no_mail_any_more_gets_none(change):
    with time_machine.travel(NOON, tick=False):
        person = person_who_wants("daily")
        tell(person)
        if change == "closed":
            person.is_active = False
            person.save()
        else:
            NoticePreference.objects.update(how="admin")
    with time_machine.travel(MORNING_AFTER, tick=False):
        write_all(MORNING_AFTER)

    assert DailyLetter.objects.get().reason
    assert Mail.objects.count() == 0


def test_a_notice_that_comes_while_the_letter_may_be_written_goes_into_the_next():
    just_before = MORNING_AFTER - timedelta(minutes=2)
    with time_machine.travel(NOON, tick=False):
        person = person_who_wants("daily")
        tell(person)
    with time_machine.travel(just_before, tick=False):
        notice = tell(person, "failed")

    assert notice.letter.day == date(2026, 3, 4)


def test_after_the_hour_was_changed_there_is_still_one_letter_a_day():
    with time_machine.travel(NOON, tick=False):
        person = person_who_wants("daily")
        tell(person)
    with time_machine.travel(MORNING_AFTER, tick=False):
        write_all(MORNING_AFTER)
        NoticePreference.objects.update(hour=17)
        notice = tell(person, "failed")

    assert notice.letter.day == date(2026, 3, 4)


def test_a_worker_that_dies_over_a_letter_costs_an_attempt_and_no_second_mail(monkeypatch):
    with time_machine.travel(NOON, tick=False):
        tell(person_who_wants("daily"))
    with time_machine.travel(MORNING_AFTER, tick=False):
        assert claim(DailyLetter, DailyLetter.objects.get().pk)
    later = MORNING_AFTER + timedelta(minutes=5)
    with time_machine.travel(later, tick=False):
        sweep()
        write_all(later)

    row = DailyLetter.objects.get()
    assert (row.status, row.attempts) == ("done", 2)
    assert Mail.objects.count() == 1


def test_a_letter_whose_mail_could_not_be_queued_is_tried_again(monkeypatch):
    with time_machine.travel(NOON, tick=False):
        tell(person_who_wants("daily"))

    def breaks(**_words):
        raise RuntimeError("no room")

    with time_machine.travel(MORNING_AFTER, tick=False):
        monkeypatch.setattr("jobs.letters.send_mail_later", breaks)
        row = run(DailyLetter, DailyLetter.objects.get().pk, write_letter)

    assert (row.status, Mail.objects.count()) == ("waiting", 0)
    assert "no room" in row.reason


def test_a_sent_letter_cannot_be_started_again():
    with time_machine.travel(NOON, tick=False):
        tell(person_who_wants("daily"))
    with time_machine.travel(MORNING_AFTER, tick=False):
        write_all(MORNING_AFTER)
        assert not start_again(DailyLetter.objects.get())


def test_the_letter_is_delivered_as_any_mail():
    with time_machine.travel(NOON, tick=False):
        tell(person_who_wants("daily", email="editor@example.org"))
    with time_machine.travel(MORNING_AFTER, tick=False):
        write_all(MORNING_AFTER)
        deliver_mail(Mail.objects.get().pk)

    assert [message.to for message in mail.outbox] == [["editor@example.org"]]


def test_editors_choose_on_their_account_page():
    editor = AdminFactory()
    browser = browser_of(editor)
    page = browser.get("/admin/account/").content.decode()
    assert "What became of your videos and pages" in page

    answer = browser.post(
        "/admin/account/",
        {
            "name-name": "Ann",
            "notices-how": "daily",
            "notices-hour": "17",
            "theme-theme": "system",
            "theme-density": "default",
            "theme-contrast": "system",
            "theme-keyboard_shortcuts": "on",
        },
    )

    assert answer.status_code == 302, [p.get_form().errors for p in answer.context["panels"]]
    assert NoticePreference.objects.filter(person=editor, how="daily", hour=17).exists()


class LettersProperties(TestCase):
    @settings(max_examples=15, deadline=None)
    @given(
        gaps=st.lists(st.integers(min_value=0, max_value=40 * 60), min_size=1, max_size=8),
        hour=st.integers(0, 23),
        zone=st.sampled_from(["Europe/London", "Pacific/Apia", "America/New_York", "Asia/Kathmandu", "UTC"]),
        start=st.integers(0, 330 * 24 * 60).map(lambda minutes: NOON + timedelta(minutes=minutes)),
    )
    def test_every_notice_is_in_exactly_one_letter_that_is_not_older_and_a_day_has_one(self, gaps, hour, zone, start):
        person = person_who_wants("daily", hour=hour, time_zone=zone)
        now = start
        for number, minutes in enumerate(gaps):
            now += timedelta(minutes=minutes)
            with time_machine.travel(now, tick=False):
                write_all(now)
                notice = tell(person, f"event-{number}")
            assert now < notice.letter.next_try_at <= now + timedelta(hours=49)
        days = list(DailyLetter.objects.filter(recipient=person).values_list("day", flat=True))
        assert len(days) == len(set(days))
        assert all(row.notices.exists() for row in DailyLetter.objects.filter(recipient=person))
