"""Codes of certificates: what may stand in them, and how forgiving reading them is."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.credentials.codes import ALPHABET, LENGTH, make_code, read_code
from careers.credentials.drawing import qr_drawing
from careers.credentials.hours_csv import harmless
from careers.credentials.issuing import months_after

CODES = st.text(ALPHABET, min_size=LENGTH, max_size=LENGTH)


def test_no_two_letters_of_a_code_look_alike():
    assert not set("01ILOU") & set(ALPHABET)
    assert len(ALPHABET) ** LENGTH > 2**48


def test_codes_are_drawn_at_random():
    assert len({make_code() for _ in range(1000)}) == 1000


@given(CODES)
def test_a_code_is_read_in_any_case_and_with_any_hyphens_and_blanks(code):
    assert read_code(f" {code[:3].lower()}- {code[3:]}-") == code


@pytest.mark.parametrize(
    "text", ["", "ABCD", "ABCD-EFGH-JK2", "ABCD-EFGH-J0", "ABCD-EFGH-JÄ", "../../etc", "ＡBCDEFGHJK"]
)
def test_what_cannot_be_a_code_is_told_from_one_that_is_not_known(text):
    assert read_code(text) is None


@pytest.mark.parametrize(
    ("months", "day"), [(1, "2024-02-29"), (12, "2025-01-31"), (13, "2025-02-28"), (24, "2026-01-31")]
)
def test_months_end_on_the_same_day_or_the_last_of_a_shorter_month(months, day):
    assert months_after(datetime(2024, 1, 31, tzinfo=UTC), months).date().isoformat() == day


@pytest.mark.parametrize("text", ["=1+1", "+44 20", "-2", "@cmd", "\t=1", "  =1", "＝1"])
def test_a_spreadsheet_calculates_nothing_of_what_editors_write(text):
    assert harmless(text) == f"'{text}"


def test_ordinary_titles_are_left_alone():
    assert harmless("Two offers = a choice") == "Two offers = a choice"


def test_a_qr_code_draws_every_dark_module_once():
    drawing = qr_drawing("https://portal.example.org/c/ABCD-EFGH-JK/")
    modules = [(row, column + step) for row, column, length in drawing.runs for step in range(length)]

    assert len(modules) == len(set(modules))
    assert all(4 <= place < drawing.size - 4 for module in modules for place in module)
