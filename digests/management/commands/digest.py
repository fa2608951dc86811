"""Send a digest at once, or settle by the mail server's log what is unknown: for operators."""

from __future__ import annotations

import gzip
from argparse import ArgumentParser
from functools import partial
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from digests import addresses
from digests.delivery import reconcile
from digests.delivery.chunk import Chunk
from digests.delivery.ledger import due_at_once
from digests.delivery.sender import Sender
from digests.delivery.sending import deliver
from digests.models import Delivery, Subscriber
from jobs.actions import claim
from jobs.running import run_claimed


class Command(BaseCommand):
    help = "Sends a digest now to confirmed subscribers, whatever their rhythm, or settles unknown ones by a mail log."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--now", action="store_true", help="send at once, and say how each ended")
        parser.add_argument("--to", metavar="ADDRESS", help="only to this subscriber; else to all who are confirmed")
        ways = parser.add_subparsers(dest="way", metavar="reconcile")
        log = ways.add_parser("reconcile", help="Look unknown digests up in the mail server's log, by Message-ID.")
        log.add_argument("logfile", type=Path, help="the log, plain or .gz")
        log.add_argument("--settle", action="store_true", help="mark what is there as sent and send the rest once more")

    def handle(self, *args: Any, way: str | None = None, **options: Any) -> None:
        if way:
            self._reconcile(options["logfile"], settle=options["settle"])
        elif options["now"]:
            self._send_now(options["to"])
        else:
            raise CommandError("Say --now to send at once, or reconcile LOGFILE.")

    def _reconcile(self, logfile: Path, *, settle: bool) -> None:
        try:
            with (gzip.open if logfile.suffix == ".gz" else Path.open)(logfile, "rt", errors="replace") as lines:
                findings = reconcile.compare(lines)
        except (OSError, EOFError) as error:
            raise CommandError(f"{logfile} cannot be read: {error}") from error
        for words, rows in (("in the log", findings.found), ("not in the log", findings.absent)):
            for row in rows:
                self.stdout.write(f"{row.subscriber.email}, {row.period_key}: {words}")
        if findings.uncovered:
            self.stdout.write(f"About {len(findings.uncovered)} the log says nothing: it names no mail of their run.")
        sent, again = reconcile.settle(findings) if settle else (0, 0)
        done = f"{sent} were sent, {again} are sent once more." if settle else "Nothing was changed; --settle does."
        self.stdout.write(f"{len(findings.found)} found, {len(findings.absent)} absent. {done}")

    def _send_now(self, to: str | None) -> None:
        subscribers = self._subscribers(to)
        outcomes: list[str] = []
        with Sender() as sender:
            for subscriber in subscribers:
                row = self._send(subscriber, sender)
                outcomes.append(row.outcome)
                because = f" ({row.reason})" if row.reason else ""
                self.stdout.write(f"{subscriber.email}: {row.outcome_label.lower()}{because}")
        if not outcomes:
            raise CommandError("Nobody has confirmed a subscription yet: subscribe at /digest/subscribe/ first.")
        self.stdout.write(f"{outcomes.count(Delivery.Outcome.SENT)} of {len(outcomes)} sent.")

    def _subscribers(self, to: str | None) -> list[Subscriber]:
        if to is None:
            return list(Subscriber.objects.confirmed().order_by("pk"))
        try:
            subscriber = Subscriber.objects.filter(email_key=addresses.parse(to).key).first()
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        if subscriber is None:
            raise CommandError(f"{to} has not subscribed.")
        if subscriber.status != Subscriber.Status.CONFIRMED:
            raise CommandError(f"{to} gets no digest: {subscriber.get_status_display().lower()}.")
        return [subscriber]

    def _send(self, subscriber: Subscriber, sender: Sender) -> Delivery:
        """Work on the row here; a worker of `mail-bulk` that is faster is welcome to it."""
        row = due_at_once(subscriber)
        if claimed := claim(Delivery, row.pk):
            run_claimed(claimed, partial(deliver, sender=sender, chunk=Chunk()))
        row.refresh_from_db()
        return row
