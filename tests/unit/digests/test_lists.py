"""A file of subscribers from elsewhere, read line by line."""

from __future__ import annotations

import pytest

from digests.subscribers import lists


def read(text: str):
    return lists.read(text.encode())


def test_a_line_needs_an_address_only():
    [line] = read("email\nme@example.org\n")

    assert (line.number, line.address.key, line.problem) == (2, "me@example.org", "")
    assert line.settings == {}


def test_a_line_may_bring_every_choice():
    text = "Email;Areas;Rhythm;Weekday;Hour;time_zone;consent\n"
    [line] = read(text + "me@example.org;tools training;daily;0;7;Europe/Paris;At the fair in May\n")

    assert line.areas == ("tools", "training")
    assert line.settings == {"rhythm": "daily", "weekday": 0, "hour": 7, "time_zone": "Europe/Paris"}
    assert line.consent == "At the fair in May"


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("nobody,,,", "Enter an e-mail address"),
        ('"""<script>""@b.com",,,', "quotation marks"),
        ("a@b.org,hourly,,", "rhythm"),
        ("a@b.org,,25,", "hour"),
        ("a@b.org,,,Mars/Olympus", "time_zone"),
        ("a@b.org,,,../etc/passwd", "time_zone"),
    ],
)
def test_a_wrong_line_says_what_is_wrong_with_it(row, problem):
    [line] = read(f"email,rhythm,hour,time_zone\n{row}\n")
    assert problem in line.problem


def test_an_address_that_comes_twice_is_told_where_it_came_first():
    lines = read("email\nme@example.org\nME@EXAMPLE.org\n")
    assert "line 2" in lines[1].problem


def test_empty_lines_are_passed_over():
    assert len(read("email,rhythm\n\n,\nme@example.org,\n")) == 1


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "email"),
        (b"name\nme\n", "email"),
        (b"email\n", "no line"),
        (b"\xff\xfee\x00m\x00", "UTF-8"),
        (b"x" * (lists.MOST_BYTES + 1), "5 MB"),
        (b"email\n" + b"a" * 200_000, "CSV"),
    ],
)
def test_what_is_no_list_is_refused_whole(data, problem):
    with pytest.raises(lists.NotAList, match=problem):
        lists.read(data)


def test_more_lines_than_can_be_taken_at_once_are_refused_whole():
    rows = "\n".join(f"a{number}@example.org" for number in range(lists.MOST_LINES + 1))
    with pytest.raises(lists.NotAList, match="more than"):
        read(f"email\n{rows}")
