"""The commands of the compose file, run as they stand, outside a container."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from contextlib import ExitStack
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.architecture import compose
from tests.architecture.source import ROOT
from tests.processes import embedded_environment, eventually, production_environment, redis_of_the_suite, running, stop

pytestmark = [pytest.mark.processes]


@pytest.fixture
def environment(tmp_path) -> dict[str, str]:
    """The suite's own broker: Redis where it runs on Redis, else files."""
    redis = redis_of_the_suite()
    return production_environment(tmp_path, **redis) if redis else embedded_environment(tmp_path)


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answer(port: int) -> int:
    try:
        with urlopen(f"http://127.0.0.1:{port}/health/live", timeout=5) as response:
            return response.status
    except (URLError, OSError):
        return 0


def test_the_web_command_serves_and_stops_cleanly(tmp_path, port):
    command = [*compose.services()["web"]["command"], "--bind", f"127.0.0.1:{port}"]
    env = production_environment(tmp_path, ALLOWED_HOSTS="127.0.0.1,localhost", WEB_PROCESSES="1")
    log = tmp_path / "web.log"

    with running(command, env, log) as web:
        assert eventually(lambda: answer(port) == 200), log.read_text()
        assert stop(web) == 0, log.read_text()

    assert '"levelname": "INFO"' in log.read_text(), "gunicorn writes its records as the portal does"


def node(service: str) -> str:
    """Return the worker's name in this test run: in a container it ends with the host's name."""
    command = compose.services()[service]["command"]
    return f"{command[command.index('-n') + 1].partition('@')[0]}@test-{os.getpid()}"


def as_here(service: str) -> list[str]:
    command = compose.services()[service]["command"]
    return [*(node(service) if word.endswith("@%h") else word for word in command), "--loglevel", "INFO"]


def ping(services: list[str], env: dict[str, str]) -> str:
    command = [sys.executable, "-m", "celery", "--app", "portal", "inspect", "ping", "-t", "10"]
    command += ["-d", ",".join(map(node, services))]
    asked = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=60, check=False)
    return asked.stdout + asked.stderr


def test_the_worker_commands_start_consume_their_queues_answer_and_stop_cleanly(tmp_path, environment):
    workers = list(compose.worker_queues())
    remap = compose.services()["worker-transcode"]["environment"]["REMAP_SIGTERM"]

    def log(service: str) -> str:
        return (tmp_path / f"{service}.log").read_text()

    with ExitStack() as stack:
        processes = {}
        for name in workers:
            env = environment | ({"REMAP_SIGTERM": remap} if name == "worker-transcode" else {})
            processes[name] = stack.enter_context(running(as_here(name), env, tmp_path / f"{name}.log"))
        for name in workers:
            assert eventually(lambda name=name: f"{node(name)} ready" in log(name), within=120), log(name)
        answers = ping(workers, environment)
        statuses = {name: stop(process, within=40) for name, process in processes.items()}

    assert answers.count("pong") == len(workers), answers
    assert statuses == dict.fromkeys(workers, 0)
    for name in workers:
        consumed = re.findall(r"\.> ([\w-]+) +exchange=", log(name))
        assert sorted(consumed) == sorted(compose.worker_queues()[name])


def test_the_beat_command_sends_the_first_ticks_and_writes_what_its_health_check_reads(tmp_path, environment):
    command = [*compose.services()["beat"]["command"], "--loglevel", "INFO"]
    log = tmp_path / "beat.log"

    with running(command, environment, log) as beat:
        assert eventually(lambda: "beat: Starting" in log.read_text()), log.read_text()
        assert eventually(lambda: list(tmp_path.glob("schedule*"))), log.read_text()
        stop(beat)

    assert list(ROOT.glob("celerybeat*")) == []
