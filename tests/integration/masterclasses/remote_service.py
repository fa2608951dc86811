"""A remote encoder as its operator would build one: it speaks the protocol over HTTP and encodes with real ffmpeg."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import threading
from contextlib import suppress
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from uuid import uuid4

from standardwebhooks import Webhook

from masterclasses.transcoding import commands, sound, stills
from masterclasses.transcoding.ffmpeg import find_ffmpeg
from masterclasses.transcoding.ladder import Plan, Rung
from masterclasses.transcoding.planning import Chunk
from tests.factories.jobs import fresh

SECRET = "whsec_c29tZSByYW5kb20gYnl0ZXMgZm9yIHRlc3Rz"


def event(kind: str, job: Any, sequence: int, *, at: datetime | None = None, **data: Any) -> dict[str, Any]:
    at = at or datetime.now(tz=UTC)
    data = {"job": str(job), "sequence": sequence, **data}
    return {"type": f"encode.{kind}", "timestamp": at.isoformat(), "data": data}


def headers_for(body: str, *, event_id: str, secret: str = SECRET, at: datetime | None = None) -> dict[str, str]:
    at = at or datetime.now(tz=UTC)
    return {
        "webhook-id": event_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(secret).sign(event_id, at, body),
    }


def post(client, message: dict[str, Any] | str, *, event_id: str | None = None, **signing: Any):
    """Deliver an event to the portal's webhook."""
    body = message if isinstance(message, str) else json.dumps(message)
    headers = headers_for(body, event_id=event_id or str(uuid4()), **signing)
    return client.post("/watch/remote/", body, content_type="application/json", headers=headers)


def tell(client, job: Any, kind: str, sequence: int, **data: Any) -> None:
    assert post(client, event(kind, job.uuid, sequence, **data)).status_code == 200


def segment_of(outputs: list[dict[str, Any]]) -> dict[str, Any]:
    return next(output for output in outputs if output["name"] == "360p_00000.m4s")


def finished(client, job: Any, outputs: list[dict[str, Any]], *, look, encode_all) -> Any:
    """The service says that it is done, and workers do what follows."""
    tell(client, job, "done", 100, outputs=outputs)
    look()
    encode_all(rounds=1)
    return fresh(job.transcode)


class RemoteService:
    """`orders` by job; `answers` are statuses for the next submissions, `events` what a question is answered with."""

    def __init__(self, folder: Path, made: Path) -> None:
        folder.mkdir()
        self.folder, self.made = folder, made
        self.orders: dict[str, dict[str, Any]] = {}
        self.asked: list[tuple[str, str]] = []
        self.answers: list[int] = []
        self.status = 200
        self.events: list[dict[str, Any]] = []
        self.signatures: list[bool] = []
        self.server = Server(self)
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def order_of(self, job: Any) -> dict[str, Any]:
        return self.orders[str(job.uuid)]

    def encode(self, client, job: Any) -> list[dict[str, Any]]:
        """Fetch the source from where the order says, encode it, and return the outputs."""
        order = self.order_of(job)
        source = self.folder / "source.mp4"
        answer = client.get(order["source"].partition("//")[2].partition("/")[2].join(("/", "")))
        source.write_bytes(b"".join(answer.streaming_content))
        if not any(self.made.iterdir()):
            self.make(source, plan_of(order["plan"]))
        for path in self.made.iterdir():
            shutil.copy(path, self.folder)
        source.unlink()
        return [self.output(path) for path in sorted(self.folder.iterdir())]

    def make(self, source: Path, plan: Plan) -> None:
        ffmpeg = find_ffmpeg().path
        names = [rung.name for rung in plan.rungs]
        whole = Chunk(0, plan.frames)
        made = [
            commands.video_command(ffmpeg, str(source), plan, whole, names, threads=1),
            sound.sound_command(ffmpeg, str(source), plan, None),
            stills.stills_command(ffmpeg, str(source), plan, threads=1),
        ]
        for command in made:
            subprocess.run(command, cwd=self.made, check=True, capture_output=True, stdin=subprocess.DEVNULL)

    def output(self, path: Path) -> dict[str, Any]:
        content = path.read_bytes()
        return {
            "name": path.name,
            "url": f"{self.address}/files/{path.name}",
            "bytes": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
        }

    def check(self, headers: Any, body: str) -> None:
        Webhook(SECRET).verify(body, dict(headers), json_parse=False)
        self.signatures.append(headers["Idempotency-Key"] == headers["webhook-id"])


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        service = self.server.service
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        service.asked.append(("POST", self.path))
        service.check(self.headers, body)
        order = json.loads(body)
        service.orders.setdefault(order["job"], order)
        self.answer(service.answers.pop(0) if service.answers else 202, b"{}")

    def do_GET(self) -> None:
        service = self.server.service
        service.asked.append(("GET", self.path))
        if self.path.startswith("/files/"):
            self.answer(200, (service.folder / self.path.rpartition("/")[2]).read_bytes())
            return
        service.check(self.headers, "")
        self.answer(service.status, json.dumps({"events": service.events}).encode())

    def answer(self, status: int, body: bytes) -> None:
        with suppress(BrokenPipeError, ConnectionResetError):
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Location", f"{self.server.service.address}/jobs/elsewhere")
            self.end_headers()
            self.wfile.write(body)

    def log_message(self, *_arguments: Any) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, service: RemoteService) -> None:
        self.service = service
        super().__init__(("127.0.0.1", 0), Handler)


def plan_of(asked: dict[str, Any]) -> Plan:
    rungs = (Rung(rung["width"], rung["height"], rung["peak_kbits"], rung["codec"]) for rung in asked["rungs"])
    audio = asked["audio"] or {"channels": 0, "seconds": 0}
    return Plan(
        seconds=asked["seconds"],
        rate=asked["rate"],
        frames=asked["frames"],
        rungs=tuple(rungs),
        audio_channels=audio["channels"],
        sound_seconds=audio["seconds"],
        tone=asked["tone"],
        transfer=asked["transfer"],
    )
