"""The compose files, read as Docker Compose reads them."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import yaml

from tests.architecture.source import ROOT

LOCAL, PRODUCTION = "docker-compose.yml", "docker-compose.production.yml"


@cache
def document(name: str = LOCAL) -> dict[str, Any]:
    return yaml.safe_load((ROOT / name).read_text())


def services(name: str = LOCAL) -> dict[str, dict[str, Any]]:
    return document(name)["services"]


def portals() -> dict[str, dict[str, Any]]:
    """Return the services that run the portal's own image."""
    return {name: service for name, service in services().items() if service["image"] == "career-portal"}


def queues_of(command: list[str]) -> list[str]:
    return command[command.index("-Q") + 1].split(",") if "-Q" in command else []


def worker_queues() -> dict[str, list[str]]:
    return {name: queues_of(service["command"]) for name, service in portals().items() if "-Q" in service["command"]}


def substituted(name: str = LOCAL) -> set[str]:
    """Return the names of the variables that the file takes from the environment."""
    return set(re.findall(r"\$\{([A-Z_0-9]+)", (ROOT / name).read_text()))
