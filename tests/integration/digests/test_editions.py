"""Editions make themselves, do what editors say, and stay as they are once their first mail is put together."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from digests.editions import actions
from digests.editions.accounting import lines_of, progress_of, totals_of
from digests.editions.actions import TooLate, in_order
from digests.editions.assembly import keep_editions
from digests.editions.audience import audience_of, audiences_of
from digests.figures import last_months, subscribers_over_time
from digests.models import Edition, EditionItem
from digests.tasks import tick
from home.signals import public_content_changed
from tests.factories.accounts import PersonFactory
from tests.factories.digests import DeliveryFactory, SubscriberFactory, marketplace, new_article
from tests.factories.editions import EditionFactory, EditionItemFactory, edition_with
from tests.factories.home import AreaFactory
from tests.queries import assert_constant_queries

pytestmark = pytest.mark.django_db
#: A Wednesday: week 24 goes out; the editions of the next days are open.
NOON = datetime(2026, 6, 10, 12, tzinfo=UTC)
LATEST = 2**31 - 1
WEEK, NEXT_WEEK = "weekly 2026-W24", "weekly 2026-W25"


@pytest.fixture
def who():
    """An editor who saw all that was ever done."""
    return {"person": PersonFactory(), "seen": LATEST}


def keys(**wanted):
    return set(Edition.objects.filter(**wanted).values_list("period_key", flat=True))


def test_every_rhythm_has_its_edition_ahead_of_time_and_ticking_again_makes_no_second_one():
    for _tick in range(3):
        keep_editions(NOON - timedelta(hours=3))

    assert {WEEK, "daily 2026-06-10", "daily 2026-06-11", "monthly 2026-06"} <= keys()
    assert NEXT_WEEK not in keys()
    keep_editions(NOON)
    assert NEXT_WEEK in keys()
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.create(rhythm="weekly", period_key=WEEK, first_day=date(2026, 6, 8))


def test_the_minute_tick_keeps_editions():
    tick()

    assert Edition.objects.filter(rhythm="weekly").exists()


def test_what_comes_out_comes_in_while_the_edition_is_open_and_what_editors_did_stays():
    early = new_article(at=NOON - timedelta(hours=1))
    new_article(at=NOON - timedelta(days=90))
    keep_editions(NOON)
    edition = Edition.objects.get(period_key=WEEK)
    EditionItem.objects.filter(edition=edition).update(left_out=True)

    late = new_article(at=NOON + timedelta(hours=1))
    keep_editions(NOON + timedelta(hours=2))
    DeliveryFactory(period_key=WEEK, selected_at=NOON)
    new_article(at=NOON + timedelta(hours=3))
    keep_editions(NOON + timedelta(hours=4))

    assert {(item.page_id, item.left_out) for item in edition.items.all()} == {(early.pk, True), (late.pk, False)}


def test_it_closes_with_its_first_mail_and_is_archived_when_all_have_come_to_their_end():
    heard = []
    public_content_changed.connect(lambda **signal: heard.append(signal["sender"]), weak=False, dispatch_uid="test")
    keep_editions(NOON)
    row = DeliveryFactory(period_key=WEEK, selected_at=NOON)

    keep_editions(NOON)
    assert WEEK in keys(state="closed")
    over = NOON + timedelta(days=9)
    keep_editions(over)
    assert WEEK in keys(state="closed")
    type(row).objects.filter(pk=row.pk).update(status="done")
    keep_editions(over)
    assert WEEK in keys(state="archived")
    public_content_changed.disconnect(dispatch_uid="test")


def test_one_that_nobody_gets_is_over_with_its_days():
    keep_editions(NOON)
    keep_editions(NOON + timedelta(days=10))

    assert WEEK in keys(state="archived")


def test_pinning_leaving_out_and_moving_make_the_order_of_the_list(who):
    pages = [new_article(published_on=date(2026, 6, day)) for day in (3, 2, 1)]
    edition = edition_with(*pages)
    newest, middle, oldest = in_order(edition)

    actions.move(item=oldest, to=0, **who)
    assert [item.pk for item in in_order(edition)] == [oldest.pk, newest.pk, middle.pk]
    actions.pin(item=middle, **who)
    assert [item.pk for item in in_order(edition)] == [middle.pk, oldest.pk, newest.pk]
    actions.leave_out(item=middle, **who)
    assert [item.pk for item in in_order(edition)] == [oldest.pk, newest.pk, middle.pk]
    actions.take_back(item=middle, **who)
    assert not EditionItem.objects.filter(left_out=True).exists()


def test_an_older_page_can_be_added_and_is_pinned(who):
    edition, old = edition_with(), new_article(at=NOON - timedelta(days=900))

    item = actions.add(edition=edition, page=old, **who)
    assert actions.add(edition=edition, page=old, **who) == item

    assert item.pinned


def test_a_change_after_the_approval_asks_for_a_new_one(who):
    item = EditionItemFactory()
    for change in (
        lambda: actions.write_note(edition=item.edition, note="<p>Hello</p>", **who),
        lambda: actions.pin(item=item, **who),
        lambda: actions.move(item=item, to=0, **who),
        lambda: actions.pin(item=item, pinned=False, **who),
    ):
        actions.approve(edition=item.edition, **who)
        assert Edition.objects.get().approved_at
        change()
        assert Edition.objects.get().approved_at is None


def test_once_the_first_mail_was_put_together_only_leaving_out_works(who):
    item = EditionItemFactory()
    edition = item.edition
    DeliveryFactory(period_key=edition.period_key, selected_at=timezone.now())

    for change in (
        lambda: actions.write_note(edition=edition, note="Late", **who),
        lambda: actions.approve(edition=edition, **who),
        lambda: actions.pin(item=item, **who),
        lambda: actions.take_back(item=item, **who),
        lambda: actions.move(item=item, to=0, **who),
        lambda: actions.add(edition=edition, page=item.page, **who),
    ):
        with pytest.raises(TooLate):
            change()
    actions.leave_out(item=item, **who)
    assert EditionItem.objects.get().left_out
    Edition.objects.update(state="archived")
    with pytest.raises(TooLate):
        actions.leave_out(item=item, **who)


def test_its_readers_are_those_whose_own_day_lies_in_it_by_their_own_hour():
    edition = EditionFactory(rhythm="weekly", first_day=date(2026, 6, 8))
    tuesday_in = {
        "Europe/London": datetime(2026, 6, 9, 7, tzinfo=UTC),
        "Asia/Kathmandu": datetime(2026, 6, 9, 2, 15, tzinfo=UTC),
    }
    for zone, due_at in tuesday_in.items():
        SubscriberFactory(rhythm="weekly", time_zone=zone, next_due_at=due_at)
    SubscriberFactory(
        rhythm="weekly", time_zone="Pacific/Kiritimati", next_due_at=datetime(2026, 6, 14, 11, tzinfo=UTC)
    )
    SubscriberFactory(rhythm="daily", next_due_at=tuesday_in["Europe/London"])
    SubscriberFactory(left=True)

    audience = audience_of(edition)

    assert [(hour.hour, hour.number, hour.first, hour.last) for hour in audience.hours] == [
        (8, 2, tuesday_in["Asia/Kathmandu"], tuesday_in["Europe/London"])
    ]
    assert audiences_of([edition]) == {edition.pk: audience.number}


def test_what_became_of_it_is_counted_by_state_and_reason():
    edition = EditionFactory()
    reader, key = SubscriberFactory(), edition.period_key
    ends = [
        {"status": "done"},
        {"status": "done", "skip": "nothing_new", "reason": "…"},
        {"status": "failed", "reason": "No such mailbox."},
        {"status": "failed", "reason": "Who knows?", "copies": 2},
        {"reason": "Try later."},
    ]
    for end in ends:
        DeliveryFactory(subscriber__areas=[marketplace()], period_key=key, **end)
    DeliveryFactory(subscriber=reader, period_key="weekly 2001-W01", status="done")

    lines = lines_of(edition)

    assert [(line.outcome, line.reason, line.number) for line in lines] == [
        ("open", "", 1),
        ("sent", "", 1),
        ("skipped", "Nothing new in the chosen areas", 1),
        ("failed", "No such mailbox.", 1),
        ("unknown", "Who knows?", 1),
    ]
    assert sum(number for _name, _label, number in totals_of(lines)) == len(ends)


def test_while_it_goes_out_it_says_how_far_it_is_and_when_it_will_be_done():
    edition, now = EditionFactory(), timezone.now()
    for end in [{}, {}, *[{"status": "done", "started_at": now - timedelta(minutes=4), "finished_at": now}] * 2]:
        DeliveryFactory(period_key=edition.period_key, **end)

    progress = progress_of(edition, now=now)

    assert (progress.due, progress.open, progress.percent) == (4, 2, 50)
    assert progress.done_at == now + timedelta(minutes=4)
    assert progress_of(edition, now=now + timedelta(hours=1)).done_at is None


def test_subscribers_over_time_are_those_who_had_confirmed_and_not_left():
    both = [marketplace(), AreaFactory(slug="elsewhere", title="Elsewhere")]
    may = datetime(2026, 5, 20, 12, tzinfo=UTC)
    SubscriberFactory(confirmed_at=may, areas=both, rhythm="weekly")
    SubscriberFactory(left=True, confirmed_at=may, unsubscribed_at=NOON, rhythm="weekly")
    SubscriberFactory(confirmed_at=NOON, rhythm="daily")
    SubscriberFactory(pending=True)
    gone = SubscriberFactory(suppressed=True, confirmed_at=may, rhythm="weekly")
    gone.receipts.create(event="suppressed", text="-", place="mail", created_at=NOON)

    figures = subscribers_over_time(now=NOON)

    assert [month.month for month in figures.months][-3:] == [4, 5, 6]
    assert {line.label: line.numbers[-3:] for line in figures.by_rhythm} == {
        "Daily": [0, 0, 1],
        "Weekly": [0, 3, 1],
        "Monthly": [0, 0, 0],
    }
    areas = {line.label: line.numbers[-3:] for line in figures.by_area}
    assert (areas["The marketplace"], areas["Elsewhere"]) == ([0, 3, 2], [0, 1, 1])


def test_figures_and_readers_cost_the_same_however_many_subscribe():
    edition = EditionFactory()
    both = [marketplace(), AreaFactory()]

    def grow(number):
        for _row in range(number):
            SubscriberFactory(rhythm="weekly", areas=both)

    assert_constant_queries(lambda: (subscribers_over_time(), audience_of(edition)), grow, at_most=10)


def test_the_last_months_end_with_the_present_one():
    months = last_months(date(2026, 2, 28))

    assert (months[0].isoformat(), months[-1].isoformat(), len(months)) == ("2025-03-01", "2026-02-01", 12)


class TestOrder(TestCase):
    moves = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 5)), max_size=6)

    @classmethod
    def setUpTestData(cls):
        cls.edition = edition_with(*(new_article() for _page in range(4)))
        cls.person = PersonFactory()

    @given(moves=moves)
    @hypothesis_settings(max_examples=15, deadline=None)
    def test_moving_keeps_every_item_once_and_puts_it_where_it_was_told(self, moves):
        edition = self.edition
        everything = {item.pk for item in in_order(edition)}
        for number, place in moves:
            item = in_order(edition)[number]
            actions.move(item=item, to=place, person=self.person, seen=LATEST)
            order = [each.pk for each in in_order(edition)]
            assert order.index(item.pk) == min(place, 3)
            assert set(order) == everything
