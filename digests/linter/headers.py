"""The lines above a mail: what lists of mails and mailboxes read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from digests.linter.findings import Finding, error, warning
from digests.rendering import Rendered

LONGEST_SUBJECT = 150
#: Phones show no more of it.
SHOWN_OF_A_SUBJECT = 70
#: RFC 2369, RFC 8058, RFC 2919, RFC 3834, RFC 5322.
WANTED = ("List-Unsubscribe", "List-Unsubscribe-Post", "List-ID", "Auto-Submitted", "Message-ID")


def check(mail: Rendered, head: Mapping[str, str]) -> Iterator[Finding]:
    yield from _subject(mail.subject)
    if not mail.preheader.strip():
        what = _("Nothing follows the subject in a list of mails.")
        yield warning("no_preheader", what, _("Give the first item a summary."))
    advice = _("Mailboxes count it against the portal. Tell whoever runs it.")
    for name in WANTED:
        value = head.get(name, "")
        if not value:
            yield error("no_header", _("The header %s is missing.") % name, advice)
        elif "\n" in value or "\r" in value or "=?" in value:
            yield error("folded_header", _("The header %s does not stand on one plain line.") % name, advice)


def _subject(subject: str) -> Iterator[Finding]:
    if not subject.strip():
        yield error("no_subject", _("There is no subject."), _("Give the first item a title."))
    if len(subject) > LONGEST_SUBJECT or len(subject.splitlines()) > 1:
        what = _("The subject has %d characters or a line break.") % len(subject)
        yield error("subject_too_long", what, _("Shorten the title of the first item."))
    elif len(subject) > SHOWN_OF_A_SUBJECT:
        what = _("The subject has %d characters.") % len(subject)
        yield warning(
            "long_subject", what, _("Phones show about 70 of them: pin something with a shorter title, perhaps.")
        )
