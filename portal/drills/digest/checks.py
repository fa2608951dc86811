"""The contract of the digests, asked of the ledger and of what the mail server got."""

from __future__ import annotations

from collections.abc import Iterator

from digests.delivery.accounting import account_of
from digests.models import Delivery, Run
from portal.drills.digest.scripts import BREAKS, REFUSED, script_of
from portal.drills.digest.sink import Sink
from portal.drills.result import MOST_SHOWN, Check

Outcome = Delivery.Outcome
Ledger = dict[str, Delivery]


def ledger_of(addresses: list[str]) -> Ledger:
    rows = Delivery.objects.filter(subscriber__email__in=addresses).select_related("subscriber")
    return {row.subscriber.email: row for row in rows}


def after_kills(addresses: list[str], sink: Sink, *, killed: int, kills: int, wanted: int) -> list[Check]:
    """`killed` are processes that might have been sending, of `kills` kills."""
    ledger = ledger_of(addresses)
    return [
        Check(f"{wanted} kills", [] if kills >= wanted else [f"only {kills}: nothing was being sent"]),
        Check("everybody who is due has one row", [] if len(ledger) == len(addresses) else [f"{len(ledger)} rows"]),
        Check("the account adds up and is closed", list(_account())),
        Check("who was sent to has got it", _shown(_sent_and_not_there(ledger, sink))),
        Check("who has not got it was refused, or is unknown", _shown(_nowhere(ledger, sink))),
        Check("nobody got more than two copies, or more than were counted", _shown(_too_many(ledger, sink))),
        Check("no more second copies than senders killed", list(_second_copies(addresses, sink, killed))),
        Check("both copies have one Message-ID", _shown(a for a in addresses if len(sink.ids.get(a, ())) > 1)),
    ]


def after_the_log(addresses: list[str], sink: Sink) -> list[Check]:
    ledger = ledger_of(addresses)
    unknown = [address for address, row in ledger.items() if row.outcome == Outcome.UNKNOWN]
    missing = [a for a in addresses if script_of(a) not in REFUSED and not sink.copies[a]]
    return [
        Check("once settled by the mail log nothing is unknown", unknown[:MOST_SHOWN]),
        Check("once settled everybody has got it", missing[:MOST_SHOWN]),
        Check("once settled nobody got more than two copies", _shown(_too_many(ledger, sink))),
    ]


def after_stops(addresses: list[str], sink: Sink, *, stops: int, wanted: int) -> list[Check]:
    ledger = ledger_of(addresses)
    not_sent = [f"{a} is {row.outcome}: {row.reason}" for a, row in ledger.items() if row.outcome != Outcome.SENT]
    copies = [f"{sink.copies[address]} copies to {address}" for address in addresses if sink.copies[address] != 1]
    return [
        Check(f"{wanted} stops in good order", [] if stops >= wanted else [f"only {stops}: nothing was being sent"]),
        Check("a stop in good order leaves everything sent", not_sent[:MOST_SHOWN]),
        Check("a stop in good order doubles nothing", copies[:MOST_SHOWN]),
        Check("the account adds up and is closed after the stops", list(_account())),
    ]


def _account() -> Iterator[str]:
    for run in Run.objects.all():
        account = account_of(run)
        if not account.adds_up:
            yield f"{run}: {account.candidates} candidates, and {account.by_outcome}"
        if not account.is_closed:
            yield f"{run}: {account.number_of(Outcome.OPEN)} are open"


def _sent_and_not_there(ledger: Ledger, sink: Sink) -> Iterator[str]:
    return (a for a, row in ledger.items() if row.outcome == Outcome.SENT and not sink.copies[a])


def _nowhere(ledger: Ledger, sink: Sink) -> Iterator[str]:
    for address, row in ledger.items():
        expected = Outcome.FAILED if script_of(address) in REFUSED else Outcome.UNKNOWN
        if not sink.copies[address] and row.outcome != expected:
            yield f"{address} is {row.outcome}: {row.reason}"


def _too_many(ledger: Ledger, sink: Sink) -> Iterator[str]:
    for address, row in ledger.items():
        if sink.copies[address] > 2 or (row.copies and sink.copies[address] > max(row.copies, 2)):
            yield f"{sink.copies[address]} copies to {address}, {row.copies} counted"


def _second_copies(addresses: list[str], sink: Sink, killed: int) -> Iterator[str]:
    """Beside those of lines that the server itself broke."""
    doubled = sum(1 for a in addresses if script_of(a) not in BREAKS and sink.copies[a] > 1)
    if doubled > killed:
        yield f"{doubled} second copies, {killed} senders killed"


def _shown(violations: Iterator[str]) -> list[str]:
    return list(violations)[:MOST_SHOWN]
