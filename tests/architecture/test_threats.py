"""The table of attacks names tests that exist."""

from __future__ import annotations

import re

from tests.architecture import source

TABLE = (source.ROOT / "docs" / "threats.md").read_text()
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", TABLE)))


def test_every_test_in_the_table_of_attacks_exists():
    missing = [
        f"{path}::{name}"
        for path, name in NAMED
        if not re.search(rf"^def {name}\(", (source.ROOT / path).read_text(), re.MULTILINE)
    ]

    assert len(NAMED) > 25
    assert missing == []


def test_every_row_from_4_1_to_4_15_is_in_the_table():
    rows = {int(number) for number in re.findall(r"^\| 4\.(\d+) \|", TABLE, re.MULTILINE)}

    assert rows == set(range(1, 16)) - {7}
    assert "(4.7)" in TABLE
