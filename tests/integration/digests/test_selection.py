"""What one reader is told: new to them, in their areas, the editor's wishes first, and only what anybody may see."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from careers.models import Completion
from digests import selection
from digests.models import DigestSettings
from digests.selection import MOST_ITEMS, MOST_PARTS
from masterclasses.models import Premiere
from tests.factories.accounts import PersonFactory
from tests.factories.careers import EnrolmentFactory, LearningPathPageFactory
from tests.factories.digests import DeliveryFactory, SubscriberFactory, marketplace, new_article
from tests.factories.editions import EditionItemFactory, edition_with
from tests.factories.home import AreaFactory
from tests.factories.masterclasses import FollowFactory, PartPageFactory
from tests.queries import queries_of

pytestmark = pytest.mark.django_db


def chosen_for(reader, **options):
    return selection.choose(reader, now=timezone.now(), **options)


def digest_for(reader, **options):
    return selection.assemble(reader, chosen_for(reader, **options), **options)


def new_part(series=None, **fields):
    part = PartPageFactory(**({"parent": series} if series else {}), areas=[AreaFactory(slug="elsewhere")], **fields)
    Premiere.objects.create(part=part)
    return part


def test_what_was_read_is_not_told():
    person = PersonFactory()
    read, unread = new_article(), new_article()
    Completion.objects.create(person=person, page=read)

    assert chosen_for(SubscriberFactory(person=person)) == [unread.pk]


def test_new_is_what_came_out_since_the_last_digest_that_was_sent():
    reader, now = SubscriberFactory(), timezone.now()
    new_article(at=now - timedelta(days=3))
    later = new_article(at=now - timedelta(hours=3))
    DeliveryFactory(subscriber=reader, status="done", selected_at=now - timedelta(days=2), items=[])
    DeliveryFactory(subscriber=reader, status="failed", reason="No.", selected_at=now - timedelta(hours=1), items=[])

    assert chosen_for(reader) == [later.pk]


def test_no_more_than_a_letter_holds_and_the_newest_of_it():
    pages = [new_article(published_on=date(2026, 1, day)) for day in range(1, MOST_ITEMS + 4)]

    assert chosen_for(SubscriberFactory()) == [page.pk for page in reversed(pages)][:MOST_ITEMS]


def test_pins_come_first_then_what_the_editor_placed_then_the_rest():
    newest, older, placed, pinned = (new_article(published_on=date(2026, 1, day)) for day in (9, 8, 7, 6))
    edition = edition_with(newest, older)
    EditionItemFactory(edition=edition, page=placed, position=0)
    EditionItemFactory(edition=edition, page=pinned, pinned=True)

    assert chosen_for(SubscriberFactory()) == [pinned.pk, placed.pk, newest.pk, older.pk]


def test_the_best_ranked_page_leads_the_mail_whatever_its_area():
    first = AreaFactory(slug="first-of-all", sort_order=0)
    new_article(areas=[first])
    pinned = new_article(areas=[marketplace()])
    EditionItemFactory(page=pinned, pinned=True)

    digest = digest_for(SubscriberFactory(areas=[first, marketplace()]))

    assert [section.area.slug for section in digest.sections] == ["marketplace", "first-of-all"]


def test_a_pin_shows_what_is_not_new_but_to_nobody_twice_running_and_not_outside_of_their_areas():
    old = new_article(at=timezone.now() - timedelta(days=900))
    EditionItemFactory(page=old, pinned=True)
    reader, told = SubscriberFactory(), SubscriberFactory()
    elsewhere = SubscriberFactory(areas=[AreaFactory(slug="elsewhere")])
    DeliveryFactory(subscriber=told, status="done", selected_at=timezone.now() - timedelta(days=7), items=[old.pk])

    chosen = selection.choose_many([reader, told, elsewhere], now=timezone.now())

    assert chosen == {reader.pk: [old.pk], told.pk: [], elsewhere.pk: []}


def test_what_was_left_out_reaches_nobody_even_where_it_was_chosen_before():
    page, other = new_article(), new_article()
    reader = SubscriberFactory()
    items = chosen_for(reader)
    EditionItemFactory(page=page, left_out=True)

    assert chosen_for(reader) == [other.pk]
    assert [page.pk for page in selection.assemble(reader, items).pages] == [other.pk]


def test_fresh_comes_before_what_had_no_room_and_near_to_a_path_before_the_rest():
    person, now = PersonFactory(), timezone.now()
    near = new_article(published_on=date(2026, 1, 1))
    new_article(published_on=date(2026, 1, 2))
    stale = new_article(published_on=date(2026, 1, 3), at=now - timedelta(days=20))
    EnrolmentFactory(person=person, path=LearningPathPageFactory(stages=[[near]], areas=[AreaFactory(slug="far")]))
    reader = SubscriberFactory(person=person, confirmed_at=now - timedelta(days=40))

    chosen = chosen_for(reader)

    assert (chosen[0], chosen[-1], len(chosen)) == (near.pk, stale.pk, 3)


def test_a_new_part_of_a_followed_masterclass_is_told_in_whatever_area_it_is():
    person = PersonFactory()
    part = new_part()
    FollowFactory(person=person, masterclass=part.get_parent().specific)
    another = new_part()

    digest = digest_for(SubscriberFactory(person=person))

    assert [(section.area, [page.pk for page in section.pages]) for section in digest.sections] == [(None, [part.pk])]
    assert another.pk not in chosen_for(SubscriberFactory(person=person))
    assert digest_for(SubscriberFactory()) is None


def test_no_more_parts_than_a_few():
    person, series = PersonFactory(), new_part().get_parent().specific
    FollowFactory(person=person, masterclass=series)
    for _part in range(MOST_PARTS + 1):
        new_part(series)

    assert len(chosen_for(SubscriberFactory(person=person))) == MOST_PARTS


def test_the_next_step_of_each_path_in_progress_is_told():
    person, long_ago = PersonFactory(), timezone.now() - timedelta(days=900)
    done, first, second = (new_article(at=long_ago) for _page in range(3))
    Completion.objects.create(person=person, page=done)
    for steps in ([done, first], [second], [done]):
        EnrolmentFactory(person=person, path=LearningPathPageFactory(stages=[steps], first_published_at=long_ago))
    new_article()

    steps = digest_for(SubscriberFactory(person=person)).steps

    assert {step.page.pk for step in steps} == {first.pk, second.pk}


def test_a_next_step_or_a_note_alone_is_no_digest():
    person = PersonFactory()
    step = new_article(at=timezone.now() - timedelta(days=900))
    EnrolmentFactory(
        person=person, path=LearningPathPageFactory(stages=[[step]], first_published_at=step.first_published_at)
    )
    edition_with(note="<p>Hello</p>")

    assert chosen_for(SubscriberFactory(person=person)) == []


def test_whatever_is_no_longer_public_falls_out_when_the_mail_is_put_together():
    kept, unpublished, private, expired = (new_article() for _page in range(4))
    reader = SubscriberFactory()
    items = chosen_for(reader)
    assert len(items) == 4

    unpublished.unpublish()
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    type(expired).objects.filter(pk=expired.pk).update(expire_at=timezone.now() - timedelta(seconds=1))

    assert [page.pk for page in selection.assemble(reader, items).pages] == [kept.pk]
    kept.unpublish()
    assert selection.assemble(reader, items) is None


def test_the_editors_note_is_for_the_readers_of_that_period_and_rhythm():
    new_article()
    edition = edition_with(note="<p>Hello</p>")
    reader = SubscriberFactory()

    assert digest_for(reader).note == "<p>Hello</p>"
    assert digest_for(reader, period_key=edition.period_key).note == "<p>Hello</p>"
    assert digest_for(reader, period_key="weekly 2001-W01").note == ""
    assert digest_for(SubscriberFactory(rhythm="daily")).note == ""


def test_without_the_approval_that_the_site_wants_only_what_was_left_out_counts():
    DigestSettings.objects.create(needs_approval=True)
    page, pinned, left_out = new_article(), new_article(published_on=date(2020, 1, 1)), new_article()
    edition = edition_with(page, note="<p>Hello</p>")
    EditionItemFactory(edition=edition, page=pinned, pinned=True)
    EditionItemFactory(edition=edition, page=left_out, left_out=True)

    digest = digest_for(SubscriberFactory())
    assert ([each.pk for each in digest.pages], digest.note) == ([page.pk, pinned.pk], "")

    edition.approved_at = timezone.now()
    edition.save()
    digest = digest_for(SubscriberFactory())
    assert ([each.pk for each in digest.pages], digest.note) == ([pinned.pk, page.pk], "<p>Hello</p>")


def test_choosing_and_assembling_for_many_costs_as_many_queries_as_for_few():
    steps = [new_article(at=timezone.now() - timedelta(days=900)) for _step in range(2)]
    path = LearningPathPageFactory(stages=[steps])
    edition_with(new_article(), note="<p>Hello</p>")
    readers = []

    def grow(number):
        for _reader in range(number):
            part, person = new_part(), PersonFactory()
            EnrolmentFactory(person=person, path=path)
            FollowFactory(person=person, masterclass=part.get_parent().specific)
            readers.append(SubscriberFactory(person=person))
            DeliveryFactory(subscriber=readers[-1], status="done", selected_at=timezone.now() - timedelta(days=1))
            new_article()

    def both():
        chosen = selection.choose_many(readers, now=timezone.now())
        digests = selection.assemble_many([(reader, chosen[reader.pk]) for reader in readers])
        assert all(digest.steps and digest.pages for digest in digests.values())

    grow(2)
    few = queries_of(both)
    grow(6)
    many = queries_of(both)

    assert len(few) == len(many)
    assert len(many) <= 40
