"""The project's own source, as the rules of the house see it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ("portal", "digests", "masterclasses", "careers", "accounts", "home", "jobs")
Function = ast.FunctionDef | ast.AsyncFunctionDef


def files(*folders: str) -> list[Path]:
    """Return every Python file below `folders`, without migrations, which Django writes."""
    found = (path for folder in folders for path in sorted((ROOT / folder).rglob("*.py")))
    return [path for path in found if "migrations" not in path.parts]


def product() -> list[Path]:
    return files(*FLOORS, "deploy")


def everything() -> list[Path]:
    return [*product(), *files("tests"), ROOT / "manage.py"]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def lines(path: Path) -> list[str]:
    return path.read_text().splitlines()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def functions(path: Path) -> Iterator[Function]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, Function))


def calls(path: Path) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.Call))


def imported(path: Path) -> Iterator[str]:
    """Yield every module and every name in a module that the file imports, wherever in the file."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def matching(paths: list[Path], pattern: str) -> list[str]:
    """Return `file:line` of each line in which the pattern is found."""
    found = re.compile(pattern)
    return [
        f"{name(path)}:{number}" for path in paths for number, line in enumerate(lines(path), 1) if found.search(line)
    ]
