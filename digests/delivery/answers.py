"""What an answer means for the address, for its domain and for the run (RFC 5321 reply codes, RFC 3463 statuses)."""

from __future__ import annotations

import re
import smtplib
from enum import Enum

from jobs.smtp_answers import Answer

#: Bad destination mailbox or system: nobody is there, and nobody will be.
NO_SUCH_ADDRESS = re.compile(r"5\.1\.(1|2|3|6|10)$")
RULES = re.compile(r"5\.7\.\d+$")
#: About this mailbox alone: it is full, busy or moved.
ONE_MAILBOX = re.compile(r"4\.[12]\.\d+$")
BUSY_MAILBOX = (450, 452)

#: Errors that are an answer, or come before anything is sent: the server did not take the mail.
NOT_TAKEN = (
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPResponseException,
    smtplib.SMTPNotSupportedError,
    ValueError,
)


class Meaning(Enum):
    NO_SUCH_ADDRESS = "hard"  # one is enough to write there no more
    BY_RULES = "rules"  # the domain does not want mail like this
    REFUSED = "refused"  # three in a row and we write there no more
    BUSY_MAILBOX = "mailbox"  # later, and others of the domain are free to go
    BUSY_DOMAIN = "domain"  # later, and so are the others


def meaning_of(answer: Answer) -> Meaning:
    if answer.final:
        if NO_SUCH_ADDRESS.match(answer.status):
            return Meaning.NO_SUCH_ADDRESS
        return Meaning.BY_RULES if RULES.match(answer.status) else Meaning.REFUSED
    if ONE_MAILBOX.match(answer.status) or (not answer.status and answer.code in BUSY_MAILBOX):
        return Meaning.BUSY_MAILBOX
    return Meaning.BUSY_DOMAIN


def was_refused(error: Exception) -> bool:
    """Whether the error proves that no copy of this mail is on its way."""
    status = getattr(error, "status_code", None)
    if type(error).__name__ == "AnymailRecipientsRefused" or (isinstance(status, int) and 400 <= status < 500):
        return True
    return isinstance(error, NOT_TAKEN)
