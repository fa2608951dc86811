"""Delivering to a real SMTP server that answers as told."""

from __future__ import annotations

import asyncio
import re
import socket
import threading
from email import message_from_bytes
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from django.utils import timezone

from jobs.mail import send_mail_later
from jobs.models import LeasedRow, Mail
from jobs.tasks import deliver_mail
from tests.factories.jobs import MailFactory, fresh

pytestmark = pytest.mark.django_db
Status = LeasedRow.Status


class Server:
    """Takes every message, unless `rcpt` or `data` holds another answer."""

    def __init__(self) -> None:
        self.messages: list[bytes] = []
        self.rcpt = self.data = ""
        self.hang = 0.0

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):  # noqa: N802 - aiosmtpd's name
        await asyncio.sleep(self.hang)
        if not self.rcpt:
            envelope.rcpt_tos.append(address)
        return self.rcpt or "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's name
        if not self.data:
            self.messages.append(envelope.content)
        return self.data or "250 OK"


@pytest.fixture
def server(settings):
    handler = Server()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    yield handler
    controller.stop()


def deliver(**fields):
    mail = MailFactory(**fields)
    deliver_mail(mail.pk)
    return fresh(mail)


def test_a_delivered_mail_keeps_its_recipient_and_subject_and_nothing_that_lets_anybody_in(server):
    mail = deliver(recipient="ann@example.org", subject="Confirm", text="https://secret", html="<p>https://secret</p>")
    assert (mail.status, mail.recipient, mail.subject) == (Status.DONE, "ann@example.org", "Confirm")
    assert (mail.text, mail.html, mail.headers) == ("", "", {})
    [message] = server.messages
    assert message.count(b"https://secret") == 2


def test_headers_say_that_a_machine_wrote_and_stay_the_same_at_every_attempt(server):
    server.data = "451 4.3.0 try later"
    mail = deliver(headers={"List-ID": "<digest.example.org>"})
    server.data = ""
    Mail.objects.update(next_try_at=timezone.now())
    deliver_mail(mail.pk)
    message = message_from_bytes(server.messages[0], policy=default)
    assert message["Message-ID"] == f"<{mail.message_id}@localhost.localdomain>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-ID"] == "<digest.example.org>"
    assert fresh(mail).attempts == 2


@pytest.mark.parametrize("answer", ["451 4.3.0 local trouble", "421 too busy", "452 4.2.2 full"])
@pytest.mark.parametrize("stage", ["rcpt", "data"])
def test_a_refusal_for_now_is_tried_again_after_a_wait(server, stage, answer):
    setattr(server, stage, answer)
    mail = deliver()
    assert (mail.status, mail.attempts) == (Status.WAITING, 1)
    assert mail.next_try_at > timezone.now()
    assert answer[:3] in mail.reason
    assert mail.text


@pytest.mark.parametrize("stage", ["rcpt", "data"])
def test_a_refusal_for_good_fails_at_once_in_words(server, stage):
    setattr(server, stage, "550 5.1.1 no such user here")
    mail = deliver()
    assert (mail.status, mail.attempts) == (Status.FAILED, 1)
    assert mail.reason.startswith("The address does not exist. ")


def test_a_server_that_is_away_is_tried_again(server, settings):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = nobody.getsockname()[1]
        mail = deliver()
    assert (mail.status, mail.reason) == (Status.WAITING, "No mail server answers at its address.")


def test_a_server_that_hangs_is_left_after_the_timeout_and_tried_again(server, settings):
    settings.EMAIL_TIMEOUT = 0.3
    server.hang = 1.0
    mail = deliver()
    assert mail.status == Status.WAITING
    assert "did not answer in time" in mail.reason


def test_a_timeout_is_given_even_when_the_settings_have_none(settings, monkeypatch):
    settings.EMAIL_TIMEOUT = None
    given = {}
    from jobs import delivery

    real = delivery.get_connection
    monkeypatch.setattr(delivery, "get_connection", lambda **options: given.update(options) or real(**options))
    deliver()
    assert given["timeout"] > 0


def test_a_server_that_cuts_the_line_is_tried_again(server, settings):
    listener = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=lambda: listener.accept()[0].close())
    thread.start()
    settings.EMAIL_PORT = listener.getsockname()[1]
    mail = deliver()
    thread.join()
    listener.close()
    assert mail.status == Status.WAITING
    assert mail.reason


def test_an_address_that_no_mail_can_carry_fails_in_words(server):
    mail = deliver(recipient="ann\nBcc: x@example.org@example.org")
    assert mail.status == Status.FAILED
    assert "cannot be sent" in mail.reason
    assert server.messages == []


def test_line_breaks_in_a_subject_break_no_mail(server):
    mail = send_mail_later(
        recipient="ann@example.org", subject="Hello\r\nBcc: x@example.org\x00\x1b", text="Hi", headers={"X-A": "1\r\n2"}
    )
    deliver_mail(mail.pk)
    message = message_from_bytes(server.messages[0], policy=default)
    assert (message["Subject"], message["Bcc"], message["X-A"]) == ("Hello Bcc: x@example.org", None, "1 2")


def test_a_delivered_mail_is_not_delivered_again(server):
    mail = deliver()
    deliver_mail(mail.pk)
    assert (len(server.messages), fresh(mail).attempts) == (1, 1)


def test_styles_are_moved_into_attributes_and_dark_colours_stay():
    mail = send_mail_later(
        recipient="ann@example.org",
        subject="Hi",
        text="Hi",
        html="<style>p{color:#111111}@media (prefers-color-scheme: dark){p{color:#eee !important}}</style><p>Hi</p>",
    )
    assert re.search(r'<p style="color:\s*#111111;?">', mail.html)
    assert "prefers-color-scheme" in mail.html
