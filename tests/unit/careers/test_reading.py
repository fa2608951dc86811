"""Reading time and the list of contents, from body blocks alone."""

from __future__ import annotations

from typing import Any

import pytest
from wagtail.blocks import StreamValue

from careers.reading import contents_list, count_words, minutes_to_read
from home.blocks import BodyBlock


def body(*blocks: tuple[str, Any]) -> StreamValue:
    block = BodyBlock()
    return block.normalize([(name, value) for name, value in blocks])


def heading(text: str, level: str = "h2") -> tuple[str, Any]:
    return ("heading", {"text": text, "level": level})


def words(count: int) -> tuple[str, str]:
    return ("rich_text", f"<p>{'word ' * count}</p>")


@pytest.mark.parametrize(("count", "minutes"), [(1, 1), (220, 1), (221, 2), (440, 2), (900, 5)])
def test_a_minute_is_220_words_and_begun_minutes_count(count, minutes):
    assert minutes_to_read(body(words(count))) == minutes


def test_an_empty_body_takes_a_minute():
    assert minutes_to_read(body()) == 1


def test_a_table_is_read_and_looked_at():
    table = {
        "columns": [{"type": "text", "heading": "Shape"}, {"type": "number", "heading": "How many"}],
        "rows": [{"values": ["Helping hand", 12]}, {"values": ["Scorekeeper", 3]}],
    }
    shown = {"caption": "Offices by shape", "table": table, "source": ""}
    value = BodyBlock().to_python([{"type": "table", "value": shown}])
    assert count_words(value[0]) == 3 + 3 + 3, "caption, headings and words; numbers are looked at"
    assert minutes_to_read(value) == 1
    assert minutes_to_read([*value, *body(words(210))]) == 2


def test_markup_and_addresses_are_not_words():
    value = body(("rich_text", '<p>One <b>two</b></p><p>three <a href="https://four.example/five">four</a></p>'))
    assert count_words(value[0]) == 4


@pytest.mark.parametrize(
    ("text", "count"), [("don’t worry", 2), ("a well-known 2,500 people", 4), ("— … !", 0), ("Grüße aus Köln", 3)]
)
def test_words_are_counted_as_people_count_them(text, count):
    assert count_words(body(("rich_text", f"<p>{text}</p>"))[0]) == count


def test_every_kind_of_words_counts():
    value = body(
        heading("Two words"),
        ("quote", {"text": "Three more words", "attribution": "One Person"}),
        ("callout", {"style": "tip", "title": "A tip", "text": "<p>Ask early.</p>"}),
        ("key_points", {"title": "Key points", "points": ["One point", "Another point"]}),
    )
    assert [count_words(block) for block in value][:2] == [2, 5]
    assert count_words(value[3]) == 6


def test_the_list_of_contents_names_headings_with_their_levels():
    value = body(heading("Where to begin"), words(3), heading("On paper", "h3"))
    assert [(entry.anchor, entry.level) for entry in contents_list(value)] == [
        ("where-to-begin", "h2"),
        ("on-paper", "h3"),
    ]


@pytest.mark.parametrize(
    ("texts", "anchors"),
    [
        (["Pay", "Pay", "Pay"], ["pay", "pay-2", "pay-3"]),
        (["Pay", "Pay 2", "Pay"], ["pay", "pay-2", "pay-3"]),
        (["Main", "Contents"], ["main-2", "contents-2"]),
        (["履歴", "？", "Été"], ["section", "section-2", "ete"]),
    ],
)
def test_anchors_are_unique_on_the_page(texts, anchors):
    assert [entry.anchor for entry in contents_list(body(*map(heading, texts)))] == anchors


def test_a_heading_shows_the_anchor_that_the_list_of_contents_links_to():
    value = body(heading("Pay"), heading("Pay"))
    anchors = [entry.anchor for entry in contents_list(value)]
    assert [f'id="{anchor}"' in str(block) for anchor, block in zip(anchors, value, strict=True)] == [True, True]
