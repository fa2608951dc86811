"""What a mail server's refusal means, in words for people (RFC 5321 reply codes, RFC 3463 enhanced codes)."""

from __future__ import annotations

import re
import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

ENHANCED = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")

#: By class of the enhanced code after its first digit, the most telling first.
SUBJECTS: tuple[tuple[str, str | Promise], ...] = (
    (r"1\.[1236]", gettext_lazy("The address does not exist")),
    (r"1\.[78]", gettext_lazy("The mail server does not accept our sender address")),
    (r"1\.", gettext_lazy("The mail server does not accept the address")),
    (r"2\.1", gettext_lazy("The mailbox is closed")),
    (r"2\.2", gettext_lazy("The mailbox is full")),
    (r"2\.3", gettext_lazy("The mail is too large for this mailbox")),
    (r"2\.", gettext_lazy("The mailbox cannot take mail")),
    (r"3\.", gettext_lazy("The mail server cannot take mail")),
    (r"4\.", gettext_lazy("The mail could not be routed")),
    (r"[56]\.", gettext_lazy("The mail servers did not understand each other")),
    (r"7\.", gettext_lazy("The mail server's rules forbid this mail")),
)
#: By reply code, for servers without enhanced codes.
REPLIES: dict[int, str | Promise] = {
    421: gettext_lazy("The mail server is closing for now"),
    450: gettext_lazy("The mailbox is busy"),
    451: gettext_lazy("The mail server has trouble of its own"),
    452: gettext_lazy("The mail server is out of space"),
    550: gettext_lazy("The address does not exist or refuses us"),
    551: gettext_lazy("The address has moved"),
    552: gettext_lazy("The mailbox is full"),
    553: gettext_lazy("The mail server does not accept the address"),
    554: gettext_lazy("The mail server refuses this mail"),
}


@dataclass(frozen=True)
class Answer:
    """`final`: trying again would bring the same answer. `code` and `status` are the server's own, where it spoke:
    a reply code such as 550, and an enhanced one such as `5.1.1`."""

    final: bool
    reason: str
    code: int = 0
    status: str = ""


def understand(error: Exception) -> Answer | None:
    """Return what the error means, or None for one that has nothing to do with mail servers.

    Only a refusal of this very mail is final. What concerns the connection or our own sign-in is tried again:
    an operator can mend it, and the mail is not to blame.
    """
    if refusal := _refusal_by_provider(error):
        return refusal
    return next((answer(error) for kind, answer in ANSWERS if isinstance(error, kind)), None)


def _refusal(code: int, said: bytes | str) -> Answer:
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    enhanced = ENHANCED.search(words)
    return Answer(
        code=code,
        status=enhanced[0] if enhanced else "",
        final=500 <= code < 600,
        reason=_("%(meaning)s. It said: %(code)d %(words)s")
        % {"meaning": _meaning(code, words), "code": code, "words": " ".join(words.split())[:300]},
    )


def _meaning(code: int, words: str) -> str:
    if enhanced := ENHANCED.search(words):
        detail = f"{enhanced[2]}.{enhanced[3]}"
        for pattern, meaning in SUBJECTS:
            if re.match(pattern if pattern.endswith(r"\.") else f"{pattern}$", detail):
                return str(meaning)
    return str(REPLIES.get(code, _("The mail server refuses this mail")))


def _refusal_by_provider(error: Exception) -> Answer | None:
    """Anymail's errors carry the HTTP status of the provider's answer."""
    status = getattr(error, "status_code", None)
    if type(error).__name__ == "AnymailRecipientsRefused":
        return Answer(True, _("The mail provider refuses the address."))
    if isinstance(status, int):
        final = 400 <= status < 500 and status not in {401, 402, 403, 408, 425, 429}
        return Answer(final, _("The mail provider answered with error %(status)d.") % {"status": status})
    return None


def _later(words: str | Promise) -> Callable[[Any], Answer]:
    return lambda error: Answer(False, str(words) % {"error": error})


#: The first that fits counts; smtplib's errors are kinds of OSError.
ANSWERS: tuple[tuple[type[Exception], Callable[[Any], Answer]], ...] = (
    (smtplib.SMTPRecipientsRefused, lambda error: _refusal(*next(iter(error.recipients.values())))),
    (
        smtplib.SMTPAuthenticationError,
        _later(gettext_lazy("The mail server does not accept the portal's user name and password.")),
    ),
    (smtplib.SMTPConnectError, _later(gettext_lazy("The mail server does not talk to us now: %(error)s."))),
    (smtplib.SMTPHeloError, _later(gettext_lazy("The mail server does not talk to us now: %(error)s."))),
    (smtplib.SMTPResponseException, lambda error: _refusal(error.smtp_code, error.smtp_error)),
    (
        smtplib.SMTPNotSupportedError,
        _later(gettext_lazy("The mail server lacks something that the settings ask for: %(error)s.")),
    ),
    (
        smtplib.SMTPServerDisconnected,
        _later(gettext_lazy("The mail server broke off or did not answer in time: %(error)s.")),
    ),
    (TimeoutError, _later(gettext_lazy("The mail server did not answer in time."))),
    (ConnectionRefusedError, _later(gettext_lazy("No mail server answers at its address."))),
    (OSError, _later(gettext_lazy("The mail could not be handed to the mail server: %(error)s."))),
    (ValueError, lambda error: Answer(True, _("This mail cannot be sent as it is: %(error)s") % {"error": error})),
)
