"""A file that is cut off, as a broken download is: its whole items are read, and where it stops is said."""

from __future__ import annotations

import gzip
import io
import re
import zipfile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from careers.wordpress.errors import NotAnExport
from careers.wordpress.reading import Export
from tests import wxr

DATA = wxr.export()
ENDS = [found.end() for found in re.finditer(b"</item>", DATA)]
WHOLE = list(Export(io.BytesIO(DATA)))
#: From here on nothing is missing but tags.
CLOSED = DATA.index(b"</channel>") + len(b"</channel>")


def read(data: bytes) -> tuple[list, Export]:
    export = Export(io.BytesIO(data))
    return list(export), export


def holds(at: int, data: bytes) -> None:
    """What must be so of a file that was cut at this byte of its XML."""
    whole = sum(end <= at for end in ENDS)
    if not whole:
        with pytest.raises(NotAnExport, match=r"cut off at line|line \d+, column"):
            read(data)
        return
    items, export = read(data)
    assert items == WHOLE[:whole]
    assert export.begun == whole
    assert bool(export.missing) == (at < CLOSED)
    line = DATA[:at].count(b"\n") + 1
    assert all(f"cut off at line {line}, after {whole} whole items" in words for words in export.missing)


@settings(deadline=None, max_examples=60)
@given(st.integers(min_value=1, max_value=len(DATA)))
@example(len(DATA))
@example(CLOSED)
@example(CLOSED - 1)
@example(ENDS[0])
@example(ENDS[-1])
@example(ENDS[-1] - 1)
def test_wherever_a_file_is_cut_off_each_item_before_it_is_read_and_the_place_is_said(at):
    holds(at, DATA[:at])


@pytest.mark.parametrize("at", range(1, 40))
def test_every_byte_of_the_last_item_and_the_end_may_be_the_last(at):
    holds(len(DATA) - at, DATA[:-at])


@settings(deadline=None, max_examples=60)
@given(st.integers(min_value=0, max_value=300))
def test_a_packed_file_that_is_cut_off_is_read_as_far_as_it_can_be_unpacked(cut):
    packed = gzip.compress(wxr.wxr(*(wxr.Item(n, f"Note {n}", f"{n * 7919}" * 9) for n in range(40))))

    items, export = read(packed[: len(packed) - cut])

    assert [item.title for item in items] == [f"Note {n}" for n in range(len(items))]
    assert export.missing or len(items) == 40


def test_the_item_that_was_cut_in_two_is_named():
    items, export = read(wxr.wxr(wxr.Item(1, "First"), wxr.Item(2, "Second"))[:-60])

    assert [item.title for item in items] == ["First"]
    assert "after 1 whole items" in export.missing[0]
    assert "“Second” was cut in two" in export.missing[0]


def test_a_character_that_was_cut_in_two_is_not_taken_for_another_encoding():
    data = wxr.wxr(wxr.Item(1, "First"), wxr.Item(2, "Présenté"))
    place = data.rindex("é".encode())

    _items, export = read(data[: place + 1])

    assert export.missing
    assert export.notes == []


def test_what_a_server_printed_instead_of_the_rest_counts_as_the_end():
    cut = wxr.wxr(wxr.Item(1, "First")).split(b"</channel>", maxsplit=1)[0]

    items, export = read(cut + b"<br />\n<b>Fatal error</b>: Allowed memory size exhausted<br />\n")

    assert [item.title for item in items] == ["First"]
    assert "cut off" in export.missing[0]


def test_a_part_of_an_archive_that_is_cut_off_is_named_and_the_other_parts_are_read():
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("site.001.xml", wxr.wxr(wxr.Item(1, "First"), wxr.Item(2, "Lost"))[:-40])
        packed.writestr("site.002.xml", wxr.wxr(wxr.Item(3, "Third")))

    items, export = read(archive.getvalue())

    assert [item.title for item in items] == ["First", "Third"]
    assert export.begun == 2
    assert export.missing[0].startswith("site.001.xml: The file is cut off at line")


def test_a_file_without_a_whole_item_is_refused():
    with pytest.raises(NotAnExport, match=r"cut off at line \d+, after 0 whole items"):
        read(wxr.wxr(wxr.Item(1))[:-60])
