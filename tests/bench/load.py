"""A load generator in a process of its own: `python -m tests.bench.load PORT SECONDS CONNECTIONS` with paths on stdin.

Keep-alive connections, one thread each, over plain sockets: some 40 µs of work for each request, so that it is the
server, not this, that is measured. Prints JSON: requests, seconds, and the latencies' median and p95 in ms.
"""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
from statistics import quantiles
from time import perf_counter
from typing import Any


def run(port: int, paths: list[str], *, seconds: float, connections: int = 4) -> dict[str, Any]:
    """Measure from another process; raises RuntimeError when an answer was not 200."""
    command = [sys.executable, "-m", "tests.bench.load", str(port), str(seconds), str(connections)]
    done = subprocess.run(command, input="\n".join(paths), capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr.strip().splitlines()[-1])
    return dict(json.loads(done.stdout))


class Visitor(threading.Thread):
    """Asks for one path after the other over one connection until the time is over."""

    def __init__(self, port: int, paths: list[str], offset: int, until: float) -> None:
        super().__init__()
        self.port, self.until = port, until
        self.requests = [
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept-Language: en\r\n\r\n".encode()
            for path in paths[offset:] + paths[:offset]
        ]
        self.milliseconds: list[float] = []
        self.failure = ""

    def run(self) -> None:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=30) as link:
                link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                while perf_counter() < self.until:
                    self._ask(link, self.requests[len(self.milliseconds) % len(self.requests)])
        except (OSError, RuntimeError) as error:
            self.failure = str(error)

    def _ask(self, link: socket.socket, request: bytes) -> None:
        started = perf_counter()
        link.sendall(request)
        data = b""
        while b"\r\n\r\n" not in data:
            data += link.recv(65536) or self._broken(request)
        head, _, body = data.partition(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(f"{request.split()[1].decode()}: {head.splitlines()[0].decode()}")
        length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        missing = length - len(body)
        while missing > 0:
            missing -= len(link.recv(65536) or self._broken(request))
        self.milliseconds.append((perf_counter() - started) * 1000)

    def _broken(self, request: bytes) -> bytes:
        raise RuntimeError(f"{request.split()[1].decode()}: the server closed the connection")


def main() -> None:
    port, seconds, connections = int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])
    paths = sys.stdin.read().splitlines()
    started = perf_counter()
    visitors = [Visitor(port, paths, n * 7 % len(paths), started + seconds) for n in range(connections)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    failures = [visitor.failure for visitor in visitors if visitor.failure]
    if failures:
        raise SystemExit(failures[0])
    times = [time for visitor in visitors for time in visitor.milliseconds]
    cuts = quantiles(times, n=20)
    result = {"requests": len(times), "seconds": perf_counter() - started, "median": cuts[9], "p95": cuts[18]}
    json.dump(result, sys.stdout)


if __name__ == "__main__":
    main()
