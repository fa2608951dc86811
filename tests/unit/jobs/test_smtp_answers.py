"""What the answers of mail servers and providers mean: final or not, and in which words."""

from __future__ import annotations

import smtplib
import socket
import ssl

import pytest
import requests
from anymail.exceptions import AnymailRecipientsRefused, AnymailRequestsAPIError

from jobs.smtp_answers import understand


@pytest.mark.parametrize(
    ("code", "said", "final", "words"),
    [
        (550, b"5.1.1 user unknown", True, "The address does not exist."),
        (550, b"5.1.10 null MX", True, "The mail server does not accept the address."),
        (552, b"5.2.2 over quota", True, "The mailbox is full."),
        (452, b"4.2.2 over quota", False, "The mailbox is full."),
        (550, b"5.7.515 access denied", True, "The mail server's rules forbid this mail."),
        (554, b"rejected", True, "The mail server refuses this mail."),
        (550, b"go away", True, "The address does not exist or refuses us."),
        (421, b"closing", False, "The mail server is closing for now."),
        (450, b"4.7.1 greylisted", False, "The mail server's rules forbid this mail."),
        (599, b"\xff\xfe", True, "The mail server refuses this mail."),
    ],
)
def test_refusals_by_code(code, said, final, words):
    for error in (smtplib.SMTPDataError(code, said), smtplib.SMTPRecipientsRefused({"a@example.org": (code, said)})):
        answer = understand(error)
        assert (answer.final, answer.reason.startswith(words), str(code) in answer.reason) == (final, True, True)


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPAuthenticationError(535, b"5.7.8 bad password"),
        smtplib.SMTPConnectError(554, b"no service"),
        smtplib.SMTPHeloError(501, b"who?"),
        smtplib.SMTPServerDisconnected("gone"),
        smtplib.SMTPNotSupportedError("STARTTLS extension not supported by server."),
        ConnectionRefusedError(),
        ConnectionResetError(),
        TimeoutError(),
        socket.gaierror(-2, "Name or service not known"),
        ssl.SSLError("certificate verify failed"),
        requests.ConnectionError("no route"),
    ],
    ids=repr,
)
def test_what_an_operator_can_mend_is_tried_again(error):
    answer = understand(error)
    assert answer.final is False
    assert answer.reason.endswith(".")


def test_what_no_attempt_can_mend_is_final():
    assert understand(ValueError("Header values can't contain newlines")).final
    assert understand(AnymailRecipientsRefused("refused")).final


@pytest.mark.parametrize(("status", "final"), [(400, True), (422, True), (401, False), (429, False), (500, False)])
def test_a_providers_http_status_decides(status, final):
    response = requests.Response()
    response.status_code = status
    assert understand(AnymailRequestsAPIError(response=response)).final is final


def test_a_fault_of_our_own_is_not_the_mail_servers():
    assert understand(KeyError("text")) is None
