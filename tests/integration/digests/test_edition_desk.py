"""An edition in the admin: who may do what, what the page says, previews, and a test to oneself."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.utils import timezone

from careers.models import Completion
from digests.models import Delivery, DigestSettings, Edition, EditionItem
from home.desk.at_once import read_so_far
from jobs.models import Mail
from tests.factories.accounts import AdminFactory, PersonFactory, browser_of
from tests.factories.careers import LearningPathPageFactory
from tests.factories.digests import DeliveryFactory, SubscriberFactory, marketplace, new_article
from tests.factories.editions import EditionFactory, EditionItemFactory, edition_with
from tests.factories.home import AreaFactory, HomePageFactory, ImageFactory
from tests.queries import assert_constant_queries, fetch

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _site():
    HomePageFactory()


@pytest.fixture
def person():
    return PersonFactory(groups=["Digest editors"])


@pytest.fixture
def editor(person):
    return browser_of(person)


PREVIEWS = (("preview",), ("preview", "html"))
#: As the editor's own field sends a paragraph.
HELLO = {"text": "Hello", "type": "unstyled", "key": "a", "depth": 0, "inlineStyleRanges": [], "entityRanges": []}


def address(edition, *rest):
    return "/".join(["/admin/editions/edit", str(edition.pk), *rest]) + "/"


def text_of(response):
    assert response.status_code == 200
    return response.content.decode()


def test_editions_are_listed_with_how_many_are_still_to_get_them(editor):
    edition = EditionFactory()
    due_at = edition.span.begins_at + timedelta(days=3)
    for _reader in range(3):
        SubscriberFactory(rhythm="weekly", next_due_at=due_at)

    page = text_of(editor.get("/admin/editions/"))

    assert address(edition) in page
    assert edition.period in page
    assert ">3<" in "".join(page.split())


def test_the_page_says_what_is_in_it_to_whom_it_goes_and_what_is_wrong(editor):
    edition = edition_with(new_article(title="How to be noticed", cover=ImageFactory(description="")))
    SubscriberFactory(rhythm="weekly", next_due_at=edition.span.begins_at + timedelta(days=3))

    page = text_of(editor.get(address(edition)))

    for words in ("How to be noticed", "1 subscriber is still to get it", "1 picture has no description."):
        assert words in page
    assert "What became of it" not in page


@pytest.mark.parametrize(("days", "words"), [(-1, "The first mails may go on"), (0, "Mails may go since")])
def test_the_page_says_since_when_or_from_when_mails_may_go(editor, days, words):
    edition = EditionFactory()

    with time_machine.travel(edition.goes_out_at + timedelta(days=days), tick=False):
        page = text_of(editor.get(address(edition)))

    assert words in page


def test_an_editor_writes_a_note_pins_leaves_out_and_moves(editor):
    first, second = (EditionItemFactory(edition=edition) for edition in [EditionFactory()] * 2)
    edition = first.edition

    note = json.dumps({"blocks": [HELLO], "entityMap": {}})
    editor.post(address(edition, "note"), {"note": note})
    editor.post(address(edition, "items", str(first.pk)), {"change": "pin"})
    editor.post(address(edition, "items", str(second.pk)), {"change": "leave-out"})
    moved = editor.post(f"/admin/editions/items/{second.pk}/move/{read_so_far(edition)}/?position=0")
    added = new_article(title="An old one")
    editor.post(address(edition, "add"), {"page": added.pk})

    assert "Hello" in Edition.objects.get().note
    assert moved.json() == {"success": True}
    pinned = EditionItem.objects.filter(pinned=True).values_list("page_id", flat=True)
    assert set(pinned) == {first.page_id, added.pk}
    assert EditionItem.objects.get(pk=second.pk).left_out


def test_what_makes_no_sense_is_refused_in_words_and_changes_nothing(editor):
    item = EditionItemFactory()
    other = EditionFactory(rhythm="daily")

    for path, data in (
        (address(item.edition, "items", str(item.pk)), {"change": "burn"}),
        (address(item.edition, "add"), {"page": item.page.get_parent().pk}),
        (address(item.edition, "note"), {"note": "x"}),
    ):
        assert editor.post(path, data, follow=True).status_code == 200
    assert editor.post(address(other, "items", str(item.pk)), {"change": "pin"}).status_code == 404
    assert editor.post(f"/admin/editions/items/{item.pk}/move/0/?position=-1").status_code == 400
    item.refresh_from_db()
    assert (item.pinned, item.left_out, item.position, EditionItem.objects.count()) == (False, False, None, 1)


def test_when_the_first_mail_has_gone_the_page_says_so_and_only_leaving_out_is_offered(editor):
    item = EditionItemFactory()
    DeliveryFactory(period_key=item.edition.period_key, status="done", selected_at=timezone.now())

    page = text_of(editor.get(address(item.edition)))
    refused = editor.post(address(item.edition, "items", str(item.pk)), {"change": "pin"}, follow=True)
    move = editor.post(f"/admin/editions/items/{item.pk}/move/0/?position=0")

    assert 'value="leave-out"' in page
    assert 'value="pin"' not in page
    assert "Keep the note" not in page
    assert "it stays as it is" in refused.content.decode()
    assert move.status_code == 409


def test_the_outcome_is_a_chart_with_its_table_and_can_be_fetched_alone(editor):
    edition = EditionFactory()
    DeliveryFactory(period_key=edition.period_key, status="failed", reason="No such mailbox.")
    DeliveryFactory(period_key=edition.period_key, status="done")

    page = text_of(editor.get(address(edition, "progress")))

    for words in ("2 of 2 mails", "No such mailbox.", "<svg", 'role="img"', "<tfoot>"):
        assert words in page
    assert page.strip() in text_of(editor.get(address(edition)))


def test_an_operator_stops_the_run_on_the_editions_own_page_and_lets_it_go_on(client):
    edition = EditionFactory()
    run = DeliveryFactory(period_key=edition.period_key, run__key=edition.period_key).run
    person = PersonFactory(groups=["Digest editors"])
    person.user_permissions.add(*Permission.objects.filter(codename__in=("view_run", "change_run")))
    client.force_login(person)

    page = text_of(client.get(address(edition)))
    assert f"/admin/digests/runs/inspect/{run.pk}/" in page
    assert "Stop sending" in page
    stopped = client.post(f"/admin/digests/runs/{run.pk}/change/stop/", {"edition": edition.pk})

    run.refresh_from_db()
    assert run.state == "paused"
    assert stopped["Location"] == address(edition)
    assert "Let it go on" in text_of(client.get(address(edition, "progress")))
    elsewhere = client.post(f"/admin/digests/runs/{run.pk}/change/go-on/", {"edition": "²"})
    assert elsewhere["Location"] == f"/admin/digests/runs/inspect/{run.pk}/"


def test_an_editor_sees_how_the_run_stands_and_cannot_stop_it(editor):
    edition = EditionFactory()
    run = DeliveryFactory(period_key=edition.period_key, run__key=edition.period_key).run

    page = text_of(editor.get(address(edition)))

    assert "Its run: Going" in page
    assert "/change/stop/" not in page
    assert editor.post(f"/admin/digests/runs/{run.pk}/change/stop/").status_code != 200
    run.refresh_from_db()
    assert run.state == "going"


def test_approving_is_for_moderators_where_the_site_wants_it(editor):
    DigestSettings.objects.create(needs_approval=True)
    edition = EditionFactory()
    assert "If nobody approves it, it goes at its hour all the same" in text_of(editor.get(address(edition)))
    assert editor.post(address(edition, "approve")).status_code == 302
    assert Edition.objects.get().approved_at is None

    moderator = PersonFactory(groups=["Moderators"])
    assert "Approve</button>" in text_of(browser_of(moderator).get(address(edition)))
    browser_of(moderator).post(address(edition, "approve"))

    assert Edition.objects.get().approved_by == moderator
    assert "Any change asks for a new approval" in text_of(editor.get(address(edition)))


def test_others_see_and_change_nothing():
    item = EditionItemFactory()
    edition = item.edition
    video_producer = browser_of(PersonFactory(groups=["Video producers"]))
    moderator = browser_of(PersonFactory(groups=["Moderators"]))
    changes = [address(edition, "note"), address(edition, "add"), address(edition, "items", str(item.pk))]

    for path in ("/admin/editions/", address(edition), *(address(edition, *rest) for rest in PREVIEWS)):
        assert video_producer.get(path).status_code == 302
    for path in [*changes, f"/admin/editions/items/{item.pk}/move/0/?position=0"]:
        for browser in (video_producer, moderator):
            assert browser.post(path, {"change": "pin", "page": item.page_id}).status_code == 302
    assert video_producer.post(address(edition, "preview", "test")).status_code == 302
    assert not EditionItem.objects.filter(pinned=True).exists()
    assert not Mail.objects.exists()


def test_editions_are_made_and_ended_by_nobody():
    edition = EditionFactory()
    admin = browser_of(AdminFactory())

    for path in ("new/", f"delete/{edition.pk}/"):
        assert admin.post(f"/admin/editions/{path}").status_code == 302
    assert Edition.objects.count() == 1


def test_a_preview_is_for_this_or_that_kind_of_reader(editor, person):
    read, far = new_article(title="Read already"), new_article(title="Far away", areas=[AreaFactory(slug="far")])
    Completion.objects.create(person=person, page=read)
    step = new_article(title="The first step", at=timezone.now() - timedelta(days=900))
    path = LearningPathPageFactory(title="Into the office", stages=[[step]], first_published_at=step.first_published_at)
    edition = EditionFactory(note="<p>A word before</p>")

    def mail(query=""):
        return text_of(editor.get(address(edition, "preview", "html") + query))

    everything = mail()
    assert all(words in everything for words in ("Read already", "Far away", "A word before"))
    assert "Far away" not in mail(f"?areas={marketplace().pk}")
    assert "Read already" not in mail("?who=me")
    assert "The first step" in mail(f"?path={path.pk}")
    assert "The first step" not in everything
    page = text_of(editor.get(address(edition, "preview") + f"?path={path.pk}&width=320"))
    assert 'width="320"' in page
    assert "YOUR NEXT STEPS" in page
    assert far.title in page


def test_a_preview_can_be_dark_is_framed_and_belongs_to_nobody(editor):
    edition = edition_with(new_article())

    light = editor.get(address(edition, "preview", "html"))
    dark = editor.get(address(edition, "preview", "html") + "?scheme=dark")

    assert "@media not all" in light.content.decode()
    assert "@media all" in dark.content.decode()
    assert "sandbox" in dark["Content-Security-Policy"]
    assert dark["X-Frame-Options"] == "SAMEORIGIN"
    assert "/digest/u/" not in dark.content.decode()


def test_where_nothing_is_new_the_preview_says_so_and_a_wrong_choice_is_no_error(editor):
    edition = EditionFactory()

    assert "no digest would be sent" in text_of(editor.get(address(edition)))
    wrong = address(edition, "preview") + "?areas=0&who=x&path=0&width=9"
    assert "no digest would be sent" in text_of(editor.get(wrong))
    editor.post(address(edition, "preview", "test"))
    assert not Mail.objects.exists()


def test_a_test_goes_to_oneself_and_to_nobody_else(editor, person):
    SubscriberFactory()
    edition = edition_with(new_article(title="How to be noticed"), note="<p>A word before</p>")

    editor.post(address(edition, "preview", "test") + f"?areas={marketplace().pk}")

    mail = Mail.objects.get()
    assert (mail.recipient, mail.subject) == (person.email, "[Test] How to be noticed")
    assert "A word before" in mail.html
    assert "A word before" in mail.text
    assert not Delivery.objects.exists()


def test_the_list_and_an_edition_cost_the_same_however_much_there_is(editor, settings):
    settings.MEDIA_URL = "/media/"
    edition, cover = EditionFactory(), ImageFactory(description="A plan")
    days, hours = iter(range(1, 40)), iter(range(1, 40))

    def grow(rows):
        for _row in range(rows):
            EditionItemFactory(edition=edition, page=new_article(cover=cover))
            EditionFactory(rhythm="daily", first_day=date(2026, 1, 1) + timedelta(days=next(days)))
            DeliveryFactory(period_key=edition.period_key, subscriber__rhythm="weekly")
            SubscriberFactory(rhythm="weekly", next_due_at=edition.span.begins_at + timedelta(days=next(hours) / 24))

    def both():
        fetch(address(edition), editor)()
        fetch("/admin/editions/", editor)()

    assert_constant_queries(both, grow, rows=2, at_most=90)
