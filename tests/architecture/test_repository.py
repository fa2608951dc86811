"""The repository keeps its own word: lock, decisions, dependencies, commands, exceptions."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.architecture import source

ADR = source.ROOT / "docs" / "adr"
PYPROJECT = (source.ROOT / "pyproject.toml").read_text()
DECLARED = tomllib.loads(PYPROJECT)
LOCK = (source.ROOT / "uv.lock").read_text()
PUBLIC_INDEX = {"pypi.org", "files.pythonhosted.org"}
LINKS = re.compile(r"\[[^\]]*\]\(([^)#\s]+)[^)]*\)")


def documents() -> list[str]:
    return ["README.md", *(source.name(path) for path in sorted((source.ROOT / "docs").rglob("*.md")))]


def test_the_lock_names_the_public_index_only():
    assert set(re.findall(r"(?:https?|git|ssh|file)[+\w]*://([^/\"]*)", LOCK)) == PUBLIC_INDEX


def test_the_lock_was_made_from_what_is_declared():
    root = next(package for package in tomllib.loads(LOCK)["package"] if package["name"] == "career-portal")
    locked = {entry["name"] for entry in root["metadata"]["requires-dist"]}
    locked_dev = {entry["name"] for entry in root["metadata"]["requires-dev"]["dev"]}

    extras = [name for names in DECLARED["project"]["optional-dependencies"].values() for name in names]
    assert locked == {bare(text) for text in [*DECLARED["project"]["dependencies"], *extras]}
    assert locked_dev == {bare(text) for text in DECLARED["dependency-groups"]["dev"]}


def bare(requirement: str) -> str:
    """Return the name alone, as the lock writes it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\[<>=!~; ]", requirement)[0]).lower()


def test_every_dependency_says_what_it_is_for():
    entries = re.findall(r'^    ".+",.*$', PYPROJECT.partition("[tool.uv]")[0], re.MULTILINE)

    assert entries
    assert [entry.strip() for entry in entries if "#" not in entry] == []


def test_the_index_of_decisions_lists_every_decision():
    listed = set(re.findall(r"\((\d{4}-[\w-]+\.md)\)", (ADR / "README.md").read_text()))

    assert listed == {path.name for path in ADR.glob("[0-9]*.md")}


def test_decisions_are_numbered_without_gaps_or_doubles():
    numbers = sorted(int(path.name[:4]) for path in ADR.glob("[0-9]*.md"))

    assert numbers == list(range(1, len(numbers) + 1))


def test_every_decision_says_why_and_what_follows():
    for path in ADR.glob("[0-9]*.md"):
        headings = re.findall(r"^## (\w+)", path.read_text(), re.MULTILINE)
        assert headings[:3] == ["Context", "Decision", "Consequences"], path.name


@pytest.mark.parametrize("document", documents())
def test_links_between_the_documents_lead_somewhere(document):
    path = source.ROOT / document
    broken = [
        link for link in LINKS.findall(path.read_text()) if "://" not in link and not (path.parent / link).exists()
    ]

    assert broken == []


def test_ci_runs_the_commands_of_the_readme():
    readme, ci = (source.ROOT / "README.md").read_text(), (source.ROOT / ".ci" / "run").read_text()

    assert "pip install uv && uv run manage.py quickstart" in readme
    assert re.search(r"^uv run pytest$", readme, re.MULTILINE)
    assert re.search(r"^step .* uv run pytest$", ci, re.MULTILINE)
    assert "uv run pytest --require-browser" in ci


def test_no_type_is_ignored_without_saying_which_error():
    assert source.matching(source.everything(), r"#\s*type:\s*ignore(?!\[)") == []


def test_no_lint_rule_is_switched_off_without_saying_which():
    assert source.matching(source.everything(), r"#\s*noqa(?!: [A-Z])") == []


def test_no_whole_file_is_left_out_of_a_check():
    assert source.matching(source.everything(), r"#\s*(mypy:\s*ignore|ruff:\s*noqa|type:\s*ignore\s*$)") == []


def test_no_test_is_marked_to_be_skipped_or_to_fail():
    marks = r"pytest\.mark\.(skip|skipif|xfail)\b"

    assert [where for where in source.matching(source.files("tests"), marks) if "architecture" not in where] == []


def test_nothing_is_left_for_later():
    words = r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b"

    assert source.matching(source.everything(), words) == []
