"""Sizes that keep a file readable in one go."""

from __future__ import annotations

from statistics import median

from tests.architecture import source

FILE_LINES = 300
MEDIAN_FILE_LINES = 60
FUNCTION_LINES = 40
# A longer function needs a reason here: {"path:function": "why"}.
LONGER_FUNCTIONS: dict[str, str] = {}


def test_no_file_is_longer_than_300_lines():
    long = {source.name(p): len(source.lines(p)) for p in source.everything() if len(source.lines(p)) > FILE_LINES}

    assert long == {}


def test_half_of_the_products_files_have_at_most_60_lines():
    sizes = [len(source.lines(path)) for path in source.product() if source.lines(path)]

    assert median(sizes) <= MEDIAN_FILE_LINES


def test_no_function_is_longer_than_40_lines_without_a_reason():
    long = {
        f"{source.name(path)}:{function.name}": (function.end_lineno or 0) - function.lineno + 1
        for path in source.everything()
        for function in source.functions(path)
        if (function.end_lineno or 0) - function.lineno + 1 > FUNCTION_LINES
    }

    assert {where: size for where, size in long.items() if where not in LONGER_FUNCTIONS} == {}
    assert set(LONGER_FUNCTIONS) <= set(long), "a reason is kept for a function that is short again"
