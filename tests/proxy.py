"""A TCP proxy whose connections can be cut, as a network does it."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress


class Proxy:
    """`cut()` ends all that goes through it, at once, and refuses what comes in the next seconds."""

    def __init__(self, host: str, port: int) -> None:
        self.upstream = (host, port)
        self.cuts = 0
        self._refuses_until = 0.0
        self._sockets: set[socket.socket] = set()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self, *, away_for: float = 0.0) -> None:
        self.cuts += 1
        self._refuses_until = time.monotonic() + away_for
        for each in list(self._sockets):
            self._end(each)

    def stop(self) -> None:
        self._listening.close()
        self.cut()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _address = self._listening.accept()
                if time.monotonic() < self._refuses_until:
                    client.close()
                    continue
                server = socket.create_connection(self.upstream)
                self._sockets |= {client, server}
                for one, other in ((client, server), (server, client)):
                    threading.Thread(target=self._pump, args=(one, other), daemon=True).start()

    def _pump(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(65536):
                other.sendall(data)
        self._end(one)
        self._end(other)

    def _end(self, each: socket.socket) -> None:
        self._sockets.discard(each)
        with suppress(OSError):
            each.shutdown(socket.SHUT_RDWR)
        each.close()
