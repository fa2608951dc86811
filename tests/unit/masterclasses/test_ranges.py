import pytest
from hypothesis import given
from hypothesis import strategies as st

from masterclasses.access.ranges import ByteRange, Unsatisfiable, parse_range


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("bytes=0-0", ByteRange(0, 0)),
        ("bytes=0-", ByteRange(0, 99)),
        ("bytes=10-19", ByteRange(10, 19)),
        ("bytes=90-200", ByteRange(90, 99)),
        ("bytes=-10", ByteRange(90, 99)),
        ("bytes=-1000", ByteRange(0, 99)),
        ("bytes = 5 - 6", ByteRange(5, 6)),
    ],
)
def test_ranges_within_a_file_of_a_hundred_bytes(header, expected):
    assert parse_range(header, 100) == expected


@pytest.mark.parametrize(
    "header",
    [
        "",
        "bytes=",
        "bytes=-",
        "bytes=5-4",
        "bytes=0-1,4-5",
        "items=0-1",
        "bytes=a-b",
        "bytes=1-2-3",
        "bytes=" + "9" * 30 + "-",
    ],
)
def test_what_cannot_be_understood_is_ignored(header):
    assert parse_range(header, 100) is None


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=100-200", "bytes=-0"])
def test_ranges_outside_of_the_file_are_refused(header):
    with pytest.raises(Unsatisfiable):
        parse_range(header, 100)


def test_no_range_of_an_empty_file_can_be_had():
    with pytest.raises(Unsatisfiable):
        parse_range("bytes=0-", 0)


@given(st.text(max_size=40), st.integers(0, 10**9))
def test_whatever_comes_a_range_lies_within_the_file(header, size):
    try:
        found = parse_range(f"bytes={header}", size)
    except Unsatisfiable:
        return
    if found:
        assert 0 <= found.first <= found.last < size
        assert found.content_range(size) == f"bytes {found.first}-{found.last}/{size}"
