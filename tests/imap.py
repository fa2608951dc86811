"""A small IMAP server (RFC 9051, as much of it as a reader of bounces needs), which can hang up when it is told to."""

from __future__ import annotations

import re
import socketserver
import threading
from dataclasses import dataclass, field

FLAGS = re.compile(r"\\\w+")


@dataclass
class Mailbox:
    """Messages by their UID. `hang_up_at` is a command at which the line goes dead, as often as `hang_ups` says."""

    messages: dict[int, bytes] = field(default_factory=dict)
    flags: dict[int, set[str]] = field(default_factory=dict)
    commands: list[str] = field(default_factory=list)
    hang_up_at: str = ""
    hang_ups: int = 0
    password: str = "pass word"

    def add(self, content: bytes) -> int:
        uid = max(self.messages, default=0) + 1
        self.messages[uid], self.flags[uid] = content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"), set()
        return uid

    @property
    def seen(self) -> set[int]:
        return {uid for uid, flags in self.flags.items() if r"\Seen" in flags}

    def expunge(self) -> None:
        for uid in [uid for uid, flags in self.flags.items() if r"\Deleted" in flags]:
            del self.messages[uid], self.flags[uid]


class Session(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.say("* OK [CAPABILITY IMAP4rev1] here")
        while line := self.rfile.readline().decode().strip():
            tag, _space, command = line.partition(" ")
            box: Mailbox = self.server.box  # type: ignore[attr-defined]
            box.commands.append(command)
            if box.hang_up_at and command.startswith(box.hang_up_at) and box.hang_ups:
                box.hang_ups -= 1
                return
            self.say(f"{tag} {self.answer(box, command)}")
            if command.startswith("LOGOUT"):
                return

    def say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())

    def answer(self, box: Mailbox, command: str) -> str:
        name, _space, rest = command.removeprefix("UID ").partition(" ")
        if name == "LOGIN" and box.password not in rest:
            return "NO [AUTHENTICATIONFAILED] wrong"
        getattr(self, f"do_{name.lower()}", lambda *_: None)(box, rest)
        return f"OK {name} done"

    def do_capability(self, _box: Mailbox, _rest: str) -> None:
        self.say("* CAPABILITY IMAP4rev1")

    def do_select(self, box: Mailbox, _rest: str) -> None:
        self.say(f"* {len(box.messages)} EXISTS")

    def do_search(self, box: Mailbox, _rest: str) -> None:
        self.say(" ".join(["* SEARCH", *(str(uid) for uid in box.messages if uid not in box.seen)]))

    def do_fetch(self, box: Mailbox, rest: str) -> None:
        uid = int(rest.split()[0])
        content = box.messages[uid]
        self.wfile.write(f"* {uid} FETCH (UID {uid} BODY[] {{{len(content)}}}\r\n".encode() + content + b")\r\n")

    def do_store(self, box: Mailbox, rest: str) -> None:
        uid = int(rest.split()[0])
        box.flags[uid] |= set(FLAGS.findall(rest))
        self.say(f"* {uid} FETCH (UID {uid} FLAGS ({' '.join(sorted(box.flags[uid]))}))")

    def do_expunge(self, box: Mailbox, _rest: str) -> None:
        box.expunge()

    def do_logout(self, _box: Mailbox, _rest: str) -> None:
        self.say("* BYE")


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Session)
        self.box = Mailbox()
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    @property
    def url(self) -> str:
        return f"imap://bounces%40example.org:pass%20word@127.0.0.1:{self.server_address[1]}/INBOX"

    def stop(self) -> None:
        self.shutdown()
        self.server_close()
