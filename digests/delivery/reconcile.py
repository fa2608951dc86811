"""Settling what is `unknown` by the mail server's own log: found means sent, absent means sent again, once.

A Message-ID is the row's own, so any log that names what the server took will do. Of Postfix, which names it before it
has taken the mail, only those count whose queue id the queue manager took up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext as _

from digests.delivery.operating import mark_sent, send_again
from digests.models import Delivery

MESSAGE_ID = re.compile(r"\b([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@", re.IGNORECASE)
POSTFIX_NAMES = re.compile(r"postfix\S*/cleanup\[\d+\]: (\w+): (?:resent-)?message-id=")
POSTFIX_TAKES = re.compile(r"postfix\S*/qmgr\[\d+\]: (\w+): from=")
AT_ONCE = 500
Outcome = Delivery.Outcome


@dataclass
class Findings:
    """`uncovered` are rows of runs of which the log names nothing that was sent: it says nothing about them."""

    found: list[Delivery] = field(default_factory=list)
    absent: list[Delivery] = field(default_factory=list)
    uncovered: list[Delivery] = field(default_factory=list)


def compare(lines: Iterable[str]) -> Findings:
    """Look every unknown digest up in the log. Changes nothing."""
    unknown = {
        row.message_id: row
        for row in Delivery.objects.filter(outcome=Outcome.UNKNOWN).select_related("subscriber", "run")
    }
    found, covered = _read(lines, unknown)
    findings = Findings()
    for message_id, row in unknown.items():
        if message_id in found:
            findings.found.append(row)
        else:
            (findings.absent if row.run_id in covered else findings.uncovered).append(row)
    return findings


def settle(findings: Findings) -> tuple[int, int]:
    """Mark what was found as sent and send the absent once more. Return how many of each were still unknown."""
    sent = sum(mark_sent(row, reason=_("Found in the mail server's log.")) for row in findings.found)
    return sent, sum(send_again(row) for row in findings.absent)


def _read(lines: Iterable[str], unknown: dict[UUID, Delivery]) -> tuple[set[UUID], set[int]]:
    """Which unknown digests the log names, and of which of their runs it names any that was sent."""
    found: set[UUID] = set()
    covered: set[int] = set()
    runs = {row.run_id for row in unknown.values()}
    others: list[UUID] = []
    for message_id in _taken(lines):
        if message_id in unknown:
            found.add(message_id)
        elif covered != runs:
            others.append(message_id)
        if len(others) >= AT_ONCE:
            covered |= _runs_of(others, runs)
            others.clear()
    return found, covered | _runs_of(others, runs)


def _runs_of(message_ids: list[UUID], runs: set[int]) -> set[int]:
    sent = Delivery.objects.filter(message_id__in=message_ids, run__in=runs, outcome=Outcome.SENT)
    return set(sent.order_by().values_list("run", flat=True).distinct())


def _taken(lines: Iterable[str]) -> Iterator[UUID]:
    """The Message-IDs of mails that the server took."""
    named: dict[str, UUID] = {}
    for line in lines:
        if took := POSTFIX_TAKES.search(line):
            if message_id := named.pop(took[1], None):
                yield message_id
        elif match := MESSAGE_ID.search(line):
            if names := POSTFIX_NAMES.search(line):
                named[names[1]] = UUID(match[1])
            else:
                yield UUID(match[1])
