"""What an operator sees and does: runs, unknown digests, the mail server's log, the account."""

from __future__ import annotations

import gzip
from io import BytesIO, StringIO

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command

from digests.delivery import reconcile, sending
from digests.delivery.accounting import account_of
from digests.models import Delivery, Run
from tests.factories.accounts import AdminFactory, PersonFactory, browser_of
from tests.factories.digests import DeliveryFactory, RunFactory, new_article
from tests.factories.home import HomePageFactory
from tests.queries import assert_constant_queries, fetch

pytestmark = pytest.mark.django_db
UNKNOWN = {"status": "failed", "reason": "It may have arrived, or not.", "copies": 2}


@pytest.fixture(autouse=True)
def _site():
    HomePageFactory()


@pytest.fixture
def admin():
    return browser_of(AdminFactory())


@pytest.fixture
def reader():
    """Sees runs and deliveries and changes nothing."""
    group = Group.objects.create(name="Those who look on")
    names = ("access_admin", "view_run", "view_delivery")
    group.permissions.set(Permission.objects.filter(codename__in=names))
    person = PersonFactory()
    person.groups.add(group)
    return browser_of(person)


def postfix(row: Delivery, *, taken: bool = True) -> str:
    lines = [f"Jun 10 08:00:01 mx postfix/cleanup[1]: 4A{row.pk}: message-id=<{row.message_id}@example.org>"]
    if taken:
        lines.append(f"Jun 10 08:00:01 mx postfix/qmgr[2]: 4A{row.pk}: from=<d@x.org>, size=9, nrcpt=1 (queue active)")
    return "\n".join([*lines, ""])


def test_runs_are_listed_in_a_constant_number_of_queries(reader):
    assert_constant_queries(fetch("/admin/digests/runs/", reader), grow=lambda n: RunFactory(key=f"daily {n}"))


def test_a_run_shows_its_account(reader):
    DeliveryFactory(status="done", copies=1)
    DeliveryFactory(status="failed", reason="The mailbox is full. It said: 552 5.2.2 a")
    DeliveryFactory(status="failed", reason="The mailbox is full. It said: 552 5.2.2 b")
    page = reader.get(f"/admin/digests/runs/inspect/{Run.objects.get().pk}/").content.decode()
    assert "3 people were due." in page
    assert page.count("The mailbox is full.") == 1
    assert "Stop" not in page.split("</header>")[-1] or 'action="' not in page


def test_the_stop_button_stops_and_starts_a_run(admin):
    run = RunFactory()
    pressed = [("stop", "paused"), ("stop", "paused"), ("go-on", "going"), ("stop", "paused"), ("end", "ended")]
    for how, state in pressed:
        assert admin.post(f"/admin/digests/runs/{run.pk}/change/{how}/").status_code == 302
        run.refresh_from_db()
        assert run.state == state
    assert admin.get(f"/admin/digests/runs/{run.pk}/change/stop/").status_code == 405
    assert admin.post(f"/admin/digests/runs/{run.pk}/change/explode/").status_code == 404


def test_who_only_looks_on_stops_nothing_and_settles_nothing(reader):
    row = DeliveryFactory(**UNKNOWN)
    for path in (f"digests/runs/{row.run_id}/change/stop/", f"deliveries/settle/{row.pk}/mark-sent/", "digest-log/"):
        assert reader.post(f"/admin/{path}").status_code == 302
    row.refresh_from_db()
    assert (row.run.state, row.outcome) == ("going", "unknown")
    assert "Mark as sent" not in reader.get(f"/admin/deliveries/inspect/{row.pk}/").content.decode()


def test_an_unknown_digest_is_marked_as_sent(admin):
    row = DeliveryFactory(**UNKNOWN)
    assert "Mark as sent" in admin.get(f"/admin/deliveries/inspect/{row.pk}/").content.decode()
    admin.post(f"/admin/deliveries/settle/{row.pk}/mark-sent/")
    row.refresh_from_db()
    assert row.outcome == "sent"
    assert "Marked as sent by" in row.reason


def test_an_unknown_digest_is_sent_once_more_and_no_oftener(admin, sink):
    new_article()
    row = DeliveryFactory(**UNKNOWN)
    for _time in range(2):
        admin.post(f"/admin/deliveries/settle/{row.pk}/send-again/")
    row.refresh_from_db()
    assert (row.outcome, row.copies) == ("open", 1)
    sending.send_due()
    admin.post(f"/admin/deliveries/settle/{row.pk}/send-again/")
    sending.send_due()
    assert len(sink.raw) == 1


def settled_by(log: str) -> list[str]:
    findings = reconcile.compare(log.splitlines())
    reconcile.settle(findings)
    return list(Delivery.objects.order_by("pk").values_list("outcome", flat=True))


def test_what_is_in_the_log_was_sent_and_what_is_not_is_sent_again():
    sent = DeliveryFactory(status="done", copies=1)
    there, absent = DeliveryFactory(**UNKNOWN), DeliveryFactory(**UNKNOWN)
    assert settled_by(postfix(sent) + postfix(there)) == ["sent", "sent", "open"]
    assert Delivery.objects.get(pk=absent.pk).copies == 1


def test_a_mail_that_postfix_named_but_never_took_is_absent():
    DeliveryFactory(status="done", copies=1, pk=1)
    named = DeliveryFactory(**UNKNOWN)
    log = postfix(Delivery.objects.get(pk=1)) + postfix(named, taken=False)
    assert settled_by(log) == ["sent", "open"]


def test_a_log_of_another_day_settles_nothing():
    """It names nothing of the run: that ours is not in it proves nothing."""
    DeliveryFactory(status="done", copies=1)
    DeliveryFactory(**UNKNOWN)
    other = DeliveryFactory(status="done", copies=1, run=RunFactory(key="weekly 2026-W01"))
    assert settled_by(postfix(other)) == ["sent", "unknown", "sent"]


def test_any_list_of_message_ids_will_do():
    sent, there = DeliveryFactory(status="done", copies=1), DeliveryFactory(**UNKNOWN)
    assert settled_by(f"<{sent.message_id}@x>\n250 <{str(there.message_id).upper()}@x> OK") == ["sent", "sent"]


def test_the_command_says_what_it_would_do_and_does_it_when_told(tmp_path):
    sent, there = DeliveryFactory(status="done", copies=1), DeliveryFactory(**UNKNOWN)
    log = tmp_path / "mail.log.gz"
    log.write_bytes(gzip.compress((postfix(sent) + postfix(there)).encode()))
    out = StringIO()
    call_command("digest", "reconcile", str(log), stdout=out)
    there.refresh_from_db()
    assert (there.outcome, "1 found, 0 absent" in out.getvalue()) == ("unknown", True)
    call_command("digest", "reconcile", str(log), "--settle", stdout=out)
    there.refresh_from_db()
    assert there.outcome == "sent"


@pytest.mark.parametrize("arguments", [["reconcile", "/nowhere/mail.log"], []])
def test_the_command_refuses_what_it_cannot_read(arguments):
    with pytest.raises(CommandError):
        call_command("digest", *arguments)


def test_a_log_is_compared_in_the_admin_before_anything_is_settled(admin):
    sent, there = DeliveryFactory(status="done", copies=1), DeliveryFactory(**UNKNOWN)

    def upload(**fields) -> str:
        log = BytesIO((postfix(sent) + postfix(there)).encode())
        log.name = "mail.log"
        return admin.post("/admin/digest-log/", {"log": log, **fields}).content.decode()

    assert "1 are in the log and 0 are not." in upload()
    there.refresh_from_db()
    assert there.outcome == "unknown"
    upload(settle="on")
    there.refresh_from_db()
    assert there.outcome == "sent"


def test_an_uploaded_log_that_is_none_breaks_nothing(admin):
    log = BytesIO(b"\x00\xff" * 50)
    log.name = "mail.log.gz"
    assert admin.post("/admin/digest-log/", {"log": log}).status_code == 200


def test_the_account_adds_up_in_three_queries(django_assert_num_queries):
    ends = ({}, {"status": "done"}, {"status": "done", "skip": "nothing_new"}, {"status": "cancelled"}, UNKNOWN)
    for fields in (*ends, {"status": "failed", "reason": "No."}):
        DeliveryFactory(**fields)
    DeliveryFactory(run=RunFactory(key="weekly 2026-W01"))
    run = RunFactory()
    with django_assert_num_queries(3):
        account = account_of(run)
    assert account.candidates == 6
    assert account.by_outcome == dict.fromkeys(Delivery.Outcome.values, 1)
    assert account.adds_up
    assert not account.is_closed
    assert account_of().candidates == 7
