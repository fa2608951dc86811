"""The line to the mail server: one connection for many messages, one message for each call."""

from __future__ import annotations

import os
import signal
import smtplib
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType, TracebackType
from typing import Any, Self

from django.conf import settings
from django.core.mail import get_connection

from digests.messages import Letter

MESSAGES_ON_ONE_CONNECTION = 100
SECONDS_ON_ONE_CONNECTION = 300
#: Seconds for each step of the conversation; without one, a silent server holds a worker for ever.
TIMEOUT = 30


class Line:
    """`dead` once the server could not be reached: no use in trying for the next row. `data_began` tells whether the
    server may have been given the last message; only SMTP can tell that it was not."""

    def __init__(self) -> None:
        self.dead = False
        self.data_began = True
        self._connection: Any = None
        self._sent = 0
        self._smtp: smtplib.SMTP | None = None
        self._opened_at = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def open(self) -> None:
        """Connect, unless a connection that is not worn out is there. Raises what the mail backend raises."""
        worn_out = time.monotonic() - self._opened_at > SECONDS_ON_ONE_CONNECTION
        if self._connection and (worn_out or self._sent >= MESSAGES_ON_ONE_CONNECTION):
            self.close()
        if self._connection:
            return
        connection = get_connection(timeout=settings.EMAIL_TIMEOUT or TIMEOUT)
        try:
            connection.open()
        except Exception:
            self.dead = True
            raise
        self._connection, self._sent, self._opened_at = connection, 0, time.monotonic()
        self._watch_for_data(connection)

    def send(self, letter: Letter) -> None:
        """Hand over one message. Django tells nothing about the others when one of several is refused."""
        self._sent += 1
        self.data_began = self._smtp is None
        if self._smtp:
            sender, recipient = letter.envelope()
            self._smtp.sendmail(sender, [recipient], letter.raw())
        elif not self._connection.send_messages([letter.email()]):
            raise RuntimeError("The mail backend did not take the mail.")

    def _watch_for_data(self, connection: Any) -> None:
        """See smtplib pass from the envelope to the message itself."""
        smtp = getattr(connection, "connection", None)
        self._smtp = smtp if isinstance(smtp, smtplib.SMTP) else None
        if self._smtp is None:
            return
        give = self._smtp.data

        def data(message: Any) -> Any:
            self.data_began = True
            return give(message)

        self._smtp.data = data  # type: ignore[assignment, method-assign]

    def close(self) -> None:
        """Hang up; a server that has hung up already is no news."""
        connection, self._connection = self._connection, None
        if connection:
            with suppress(Exception):
                connection.close()


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Hold back SIGTERM until the block is left, so that a deploy never cuts a mail in two."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    held_back: list[FrameType | None] = []
    before = signal.signal(signal.SIGTERM, lambda _number, frame: held_back.append(frame))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
        if held_back:
            os.kill(os.getpid(), signal.SIGTERM)
