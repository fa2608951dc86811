"""A real mail server that answers by script and remembers what it took."""

from __future__ import annotations

import asyncio
import socket
from collections import Counter, defaultdict
from email.parser import BytesHeaderParser

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from portal.drills.digest.scripts import script_of

#: Seconds that it thinks about a mail; a busy one's sending lasts long enough to be stopped many times.
PROMPT, BUSY = 0.01, 0.2
RCPT = {"busy": "451 4.3.0 Later", "closing": "421 4.3.2 Closing"}
NEVER = {"nobody": "550 5.1.1 No such user", "refuse": "550 5.2.1 Closed"}


class Sink:
    """`copies` of mails taken, by address; `ids` are their Message-IDs."""

    def __init__(self, silence: float) -> None:
        self.silence, self.thinks = silence, PROMPT
        self.copies: Counter[str] = Counter()
        self.ids: dict[str, set[str]] = defaultdict(set)
        self.tries: Counter[str] = Counter()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self._controller: Controller | None = None

    def start(self) -> None:
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port, enable_SMTPUTF8=False)
        self._controller.start()

    def stop(self) -> None:
        if self._controller:
            self._controller.stop()

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        self.tries[address] += 1
        script = script_of(address)
        if script in NEVER:
            return NEVER[script]
        if script in RCPT and self.tries[address] == 1:
            return RCPT[script]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        address, script = envelope.rcpt_tos[0], script_of(envelope.rcpt_tos[0])
        first = self.tries[address] == 1
        if script == "hang" and first:
            await asyncio.sleep(self.silence)
        if script in ("hang", "cut") and first:
            return self._hang_up(server)
        content = envelope.content
        self.copies[address] += 1
        headers = BytesHeaderParser().parsebytes(content if isinstance(content, bytes) else b"")
        self.ids[address].add(str(headers["Message-ID"]))
        await asyncio.sleep(self.thinks)
        return self._hang_up(server) if script == "lost" else "250 OK"

    def _hang_up(self, server: SMTP) -> str:
        if server.transport:
            server.transport.close()
        return "421 Bye"

    def log(self) -> list[str]:
        """What a mail server's log would say: the Message-ID of each mail that it took."""
        return [message_id for ids in self.ids.values() for message_id in ids]
