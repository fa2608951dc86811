"""Row 2.21 and bad input 25: what providers and mailboxes report, late, twice, forged and in any order."""

from __future__ import annotations

import base64
import json
import mailbox
import random
from datetime import timedelta
from email import message_from_string
from email.message import Message

import pytest
from django.test import Client
from django.utils import timezone

from digests.delivery import events
from digests.delivery.bounces import report_in
from digests.delivery.events import Report
from digests.delivery.mailbox import read_bounces
from digests.models import Delivery, MailEvent, Run, Subscriber
from tests.factories.digests import DeliveryFactory, MailEventFactory

pytestmark = pytest.mark.django_db
SECRET = "name:a long word that only the provider knows"
POSTMARK = "/digest/events/postmark/"


@pytest.fixture(autouse=True)
def provider(settings):
    settings.EMAIL_BACKEND = "anymail.backends.postmark.EmailBackend"
    settings.ANYMAIL = {"POSTMARK_SERVER_TOKEN": "x", "WEBHOOK_SECRET": SECRET}


@pytest.fixture
def sent():
    return DeliveryFactory(status="done", copies=1)


def tell(body: dict | bytes, *, secret: str = SECRET, path: str = POSTMARK) -> int:
    authorization = "Basic " + base64.b64encode(secret.encode()).decode()
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = {"Authorization": authorization}
    return Client(enforce_csrf_checks=True).post(path, content, "application/json", headers=headers).status_code


def bounce(row: Delivery | None, *, number: int = 1, at=None, **fields) -> dict:
    """Postmark's words for a mail that came back."""
    return {
        "RecordType": "Bounce",
        "ID": number,
        "Type": "HardBounce",
        "TypeCode": 1,
        "MessageID": "883953f4-6105-42a2-a16a-77a8eac79483",
        "Details": "smtp;550 5.1.1 The account does not exist.",
        "Email": row.subscriber.email if row else "x@example.org",
        "BouncedAt": (at or timezone.now()).isoformat(),
        "Metadata": {"delivery": str(row.message_id)} if row else {},
    } | fields


def test_a_mail_that_came_back_is_recorded_and_its_address_suppressed(sent):
    assert tell(bounce(sent)) == 200

    sent.refresh_from_db()
    assert (sent.outcome, sent.receipt) == ("sent", "bounced")
    assert sent.subscriber.status == "suppressed"
    assert Run.objects.get().hard_bounces == 1


def test_the_same_event_again_changes_nothing(sent):
    assert [tell(bounce(sent)) for _time in range(3)] == [200, 200, 200]
    assert MailEvent.objects.count() == 1
    assert Run.objects.get().hard_bounces == 1


@pytest.mark.parametrize("secret", ["name:wrong", ":", "x"])
def test_a_wrong_signature_is_refused(sent, secret):
    assert tell(bounce(sent), secret=secret) == 401
    assert not MailEvent.objects.exists()


def test_without_a_secret_of_ours_nobody_is_believed(sent, settings):
    settings.ANYMAIL = {"POSTMARK_SERVER_TOKEN": "x"}
    assert tell(bounce(sent)) == 401


def test_only_the_provider_in_use_has_an_address(sent):
    assert tell({}, path="/digest/events/mailgun/") == 404
    assert tell({}, path="/digest/events/nonsense/") == 404


def test_five_megabytes_are_too_much():
    assert tell(b" " * 5 * 1024 * 1024) == 413


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"x"', b"\xff", b"{}", b'{"RecordType": "Bounce"}'])
def test_nonsense_is_a_bad_request_or_nothing(body):
    assert tell(body) in {200, 202, 400}
    assert not MailEvent.objects.exclude(state="waiting").exists()


def test_an_event_of_more_than_thirty_days_ago_is_heard_and_not_recorded(sent):
    assert tell(bounce(sent, at=timezone.now() - timedelta(days=31))) == 200
    assert not MailEvent.objects.exists()
    assert Subscriber.objects.get().status == "confirmed"


def test_an_event_before_its_row_waits_for_it(sent):
    message_id = sent.message_id
    early = bounce(sent)
    Delivery.objects.update(message_id="00000000-0000-4000-8000-000000000009")
    assert tell(early) == 202
    Delivery.objects.update(message_id=message_id)

    events.try_again()

    sent.refresh_from_db()
    assert sent.receipt == "bounced"


def test_an_event_that_belongs_to_nothing_is_given_up_after_five_minutes_and_counted():
    event = MailEventFactory()
    assert events.try_again(timezone.now() + timedelta(minutes=4)) == 0
    assert events.try_again(timezone.now() + timedelta(minutes=6)) == 1
    event.refresh_from_db()
    assert event.state == "lost"


def story(rows: list[Delivery], chance: random.Random) -> list[Report]:
    """Some reports about each, in the order in which they happened."""
    kinds = ["deferred", "delivered", "bounced", "complained"]
    now = timezone.now()
    told: list[Report] = []
    for row in rows:
        for kind in sorted(chance.sample(kinds, chance.randint(1, 3)), key=kinds.index):
            code = chance.choice(["5.1.1", "5.2.2", "4.4.1"])
            at = now + timedelta(seconds=len(told))
            told.append(Report("test", f"{row.pk}{kind}", kind, at, row.message_id, status_code=code))
    return told


@pytest.mark.parametrize("seed", range(3))
def test_five_hundred_events_shuffled_and_doubled_come_to_the_same_end(seed):
    chance = random.Random(seed)
    readers = [DeliveryFactory(status="done", copies=1).subscriber for _reader in range(15)]
    for reader in readers:
        for _period in range(3):
            DeliveryFactory(subscriber=reader, status="done", copies=1)
    told = story(list(Delivery.objects.all()), chance)

    def state() -> list:
        people = list(Subscriber.objects.order_by("pk").values_list("status", flat=True))
        run = Run.objects.values_list("hard_bounces", "complaints").get()
        return [people, run, list(Delivery.objects.order_by("pk").values_list("receipt", flat=True))]

    for report in told:
        events.hear(report)
    in_order = state()
    MailEvent.objects.all().delete()
    Subscriber.objects.update(status="confirmed", next_due_at=timezone.now())
    Delivery.objects.update(receipt="")
    Run.objects.update(hard_bounces=0, complaints=0, state="going")
    shuffled = told * 3
    chance.shuffle(shuffled)
    for report in shuffled:
        events.hear(report)

    assert state() == in_order


def test_a_late_delivered_does_not_override_complained(sent):
    now = timezone.now()
    events.hear(Report("test", "1", "complained", now, sent.message_id))
    events.hear(Report("test", "2", "delivered", now, sent.message_id))
    sent.refresh_from_db()
    assert sent.receipt == "complained"
    assert sent.subscriber.status == "suppressed"


@pytest.mark.parametrize("fields", [{"status": "failed", "reason": "Who knows?", "copies": 2}, {"copies": 1}])
def test_who_is_known_to_have_got_it_is_no_longer_in_doubt(fields):
    row = DeliveryFactory(**fields)
    events.hear(Report("test", "1", "delivered", timezone.now(), row.message_id))
    row.refresh_from_db()
    assert row.outcome == "sent"


def returned(row: Delivery, *, action: str = "failed", status: str = "5.1.1", kind: str = "delivery-status") -> Message:
    """A mail as RFC 3464 wants it, with the headers of ours in it."""
    text = (
        f"From: mailer-daemon@mx.test\r\nTo: digest@example.org\r\nMessage-ID: <{action}{row.pk}@mx.test>\r\n"
        f'Subject: Undelivered\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; report-type={kind}; boundary="b"'
        "\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n"
        f"--b\r\nContent-Type: message/{kind}\r\n\r\nReporting-MTA: dns; mx.test\r\n\r\n"
        f"Final-Recipient: rfc822; {row.subscriber.email}\r\nAction: {action}\r\nStatus: {status}\r\n"
        "Diagnostic-Code: smtp; 550 5.1.1 No such user\r\n\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{row.message_id}@example.org>\r\n\r\n--b--\r\n"
    )
    return message_from_string(text)


def test_a_maildir_of_bounces_is_read_once_and_other_mail_is_left(sent, tmp_path):
    box = mailbox.Maildir(tmp_path / "box")
    box.add(returned(sent))
    box.add(b"Subject: Thank you for the digest\r\n\r\nIt is good.\r\n")

    assert [read_bounces(f"maildir://{tmp_path}/box") for _time in range(2)] == [1, 0]

    sent.refresh_from_db()
    assert (sent.receipt, sent.subscriber.status) == ("bounced", "suppressed")
    assert [message["Subject"] for message in box] == ["Thank you for the digest"]


def test_an_mbox_of_bounces_is_read(sent, tmp_path):
    box = mailbox.mbox(tmp_path / "box")
    box.add(b"Subject: Thank you\r\n\r\nIt is good.\r\n")
    box.add(returned(sent, action="delayed", status="4.4.1"))
    box.close()

    assert [read_bounces(f"mbox://{tmp_path}/box") for _time in range(2)] == [1, 0]

    sent.refresh_from_db()
    assert (sent.receipt, sent.subscriber.status) == ("deferred", "confirmed")
    assert len(mailbox.mbox(tmp_path / "box")) == 1


def test_a_complaint_is_understood(sent):
    report = report_in(returned(sent, kind="feedback-report"))
    assert report
    assert (report.kind, report.message_id) == ("complained", sent.message_id)


def test_a_bounce_that_does_not_name_a_mail_of_ours_is_none(sent):
    message = returned(sent)
    forged = message.as_string().replace(str(sent.message_id), "x")
    assert report_in(message_from_string(forged)) is None


def test_without_a_mailbox_nothing_is_read(settings):
    settings.BOUNCE_MAILBOX = ""
    assert read_bounces() == 0
