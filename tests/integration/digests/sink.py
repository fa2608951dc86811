"""A mail server that answers as it is told, and keeps what it took."""

from __future__ import annotations

import asyncio
import socket
from collections import Counter
from collections.abc import Callable
from email import message_from_bytes
from email.message import Message

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

#: Take the mail, then hang up before saying so.
DROP = "drop"


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


class Sink:
    """`answer(address, times)` gives the reply to RCPT for the so-many-th try; `"250 OK"` if it gives none."""

    def __init__(self) -> None:
        self.raw: list[bytes] = []
        self.tries: Counter[str] = Counter()
        self.answer: Callable[[str, int], str] = lambda _address, _times: "250 OK"
        self.seconds_to_answer = 0.0
        self.before_the_answer: Callable[[], object] = lambda: None
        self.port = free_port()
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port, enable_SMTPUTF8=False)

    @property
    def messages(self) -> list[Message]:
        return [message_from_bytes(raw) for raw in self.raw]

    def copies(self) -> Counter[str]:
        return Counter(str(message["To"]) for message in self.messages)

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        self.tries[address] += 1
        reply = self.answer(address, self.tries[address])
        if reply.startswith("250") or reply == DROP:
            envelope.rcpt_tos.append(address)
            return "250 OK"
        return reply

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        address = envelope.rcpt_tos[0]
        content = envelope.content
        assert isinstance(content, bytes)
        self.raw.append(content)
        await asyncio.sleep(self.seconds_to_answer)
        self.before_the_answer()
        if self.answer(address, self.tries[address]) == DROP:
            assert server.transport
            server.transport.close()
        return "250 OK"
