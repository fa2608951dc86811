"""Individually rendered digests a second into a null sink, beside a bare smtplib loop with mails that are ready."""

from __future__ import annotations

import logging
import resource
import signal
import smtplib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from multiprocessing import get_context
from multiprocessing.queues import Queue
from statistics import median

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink
from django.conf import settings
from django.db import connection, connections
from django.utils import timezone
from rich.console import Console

from digests.delivery import sending
from digests.delivery.chunk import Chunk
from digests.delivery.ledger import run_of
from digests.models import Delivery, Subscriber
from home.models import Area
from tests.bench.server import free_port

FORK = get_context("fork")
GOAL_SHARE, GOAL_TWO, GOAL_MEGABYTES = 0.35, 1.6, 20
#: Digests after which memory is first read.
FEW = 1000


@contextmanager
def null_sink() -> Iterator[int]:
    """Its port; in a process of its own, as every connection to a real mail server has one."""
    port = FORK.Queue()
    process = FORK.Process(target=serve, args=(port,), daemon=True)
    process.start()
    try:
        yield port.get(timeout=30)
    finally:
        process.terminate()
        process.join()


def serve(port: Queue[int]) -> None:
    logging.disable(logging.INFO)
    controller = Controller(Sink(), hostname="127.0.0.1", port=free_port())
    controller.start()
    port.put(controller.port)
    signal.pause()


def make_due(number: int) -> None:
    now = timezone.now()
    start = Subscriber.objects.count()
    run, area = run_of("bench"), Area.objects.order_by("pk").first()
    for first in range(start, start + number, 2000):
        names = [f"r{n}@example.org" for n in range(first, min(first + 2000, start + number))]
        confirmed = {"status": "confirmed", "confirmed_at": now, "next_due_at": now + timedelta(days=9)}
        readers = Subscriber.objects.bulk_create(Subscriber(email=n, email_key=n, **confirmed) for n in names)
        through = Subscriber.areas.through
        through.objects.bulk_create(through(subscriber=reader, area=area) for reader in readers)
        Delivery.objects.bulk_create(
            Delivery(subscriber=reader, run=run, period_key="bench", due_at=now, next_try_at=now) for reader in readers
        )


def send_all() -> None:
    while sending.send_due(most=1000, seconds=600):
        pass


def bare_loop(port: int, number: int) -> float:
    """Mails a second of smtplib alone, with one ready mail as large as ours."""
    with Chunk() as chunk:
        chunk.claim(1)
        (row,) = chunk
    digest, _condition = chunk.digest_of(row)
    assert digest
    mail = sending.message_for(row, digest).raw()
    began = time.monotonic()
    with smtplib.SMTP("127.0.0.1", port) as server:
        for _mail in range(number):
            server.sendmail("digest@example.org", ["r@example.org"], mail)
    return number / (time.monotonic() - began)


def one_sender(port: int) -> None:
    connections.close_all()
    settings.EMAIL_PORT = port
    send_all()


def with_senders(*ports: int) -> float:
    """Mails a second of one process for each sink that begin together."""
    number = Delivery.objects.open().count()
    connections.close_all()
    processes = [FORK.Process(target=one_sender, args=(port,)) for port in ports]
    began = time.monotonic()
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return (number - Delivery.objects.open().count()) / (time.monotonic() - began)


def measure(console: Console, number: int, rounds: int, most: int) -> list[str]:
    """Print the figures and return the names of the goals that were missed."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.DIGEST_MOST_PER_HOUR = 0
    with null_sink() as port, null_sink() as other:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        make_due(20)
        send_all()
        figures = [one_round(port, other, number) for _round in range(rounds)]
        share = median(one / bare for bare, one, _two in figures)
        twice = median(two / one for _bare, one, two in figures)
        bare, one, two = (median(column) for column in zip(*figures, strict=True))
        console.print(f"{connection.vendor}, medians of {rounds}: bare loop {bare:.0f}/s; one sender {one:.0f}/s;")
        console.print(f"two {two:.0f}/s. One sender has {share:.3f} of the bare loop, two have {twice:.2f} of one.")
        grown = growth(most)
    console.print(f"Memory after {most:,} rather than {FEW:,} digests: {grown:+.1f} MB.")
    goals = {"share": share >= GOAL_SHARE, "two": twice >= GOAL_TWO, "memory": grown <= GOAL_MEGABYTES}
    return [name for name, is_met in goals.items() if not is_met]


def one_round(port: int, other: int, number: int) -> tuple[float, float, float]:
    """Mails a second of the bare loop, of one sender and of two, one after another."""
    make_due(1)
    bare = bare_loop(port, number)
    make_due(number)
    one = with_senders(port)
    make_due(number)
    return bare, one, with_senders(port, other)


def growth(most: int) -> float:
    """Megabytes that so many digests cost more than a thousand, in one process."""
    make_due(FEW)
    send_all()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    make_due(most - FEW)
    made = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    send_all()
    return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - max(before, made)) / 1024
