"""The checked-in table: a line for each address and method, the address last, so that columns stand in line."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.roles.people import ROLES

FILE = Path(__file__).parent / "matrix.csv"
HEAD = ["how", *ROLES, "address"]
Answers = Mapping[tuple[str, str], Sequence[str]]


def read() -> dict[tuple[str, str], list[str]]:
    with FILE.open(newline="") as lines:
        head, *rows = [[cell.strip() for cell in row] for row in csv.reader(lines)]
    assert head == HEAD
    table = {(row[-1], row[0]): row[1:-1] for row in rows}
    assert len(table) == len(rows), "an address stands in the table twice"
    return table


def write(answers: Answers) -> None:
    lines = [line(*HEAD), *(line(how, *said, where) for (where, how), said in sorted(answers.items()))]
    FILE.write_text("\n".join([*lines, ""]))


def line(how: str, *cells: str) -> str:
    *said, where = cells
    return ",".join([f"{how:4}", *(f"{cell:3}" for cell in said), where])


def differences(wanted: Answers, found: Answers) -> str:
    """One line for each row that is missing, left over, or says something else; empty when nothing is."""
    lines = []
    for row in sorted({*wanted, *found}):
        if row not in wanted:
            lines.append(f"new, without a row:  {line(row[1], *found[row], row[0])}")
        elif row not in found:
            lines.append(f"gone, with a row:    {line(row[1], *wanted[row], row[0])}")
        elif list(wanted[row]) != list(found[row]):
            lines.append(f"the table says:      {line(row[1], *wanted[row], row[0])}")
            lines.append(f"the portal answers:  {line(row[1], *found[row], row[0])}")
    return "\n".join(lines)
