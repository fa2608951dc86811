"""One text, two forms of a mail."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from accounts.mail import Part, html_parts


def test_an_address_below_a_sentence_becomes_a_button():
    parts = html_parts("Hello,\n\nConfirm this address:\nhttps://portal.example.org/x/\n\nBye.")
    assert parts == [
        Part("Hello,"),
        Part("Confirm this address", "https://portal.example.org/x/"),
        Part("Bye."),
    ]


def test_an_address_inside_a_sentence_stays_text():
    assert html_parts("See\nhttps://a.example and more") == [Part("See\nhttps://a.example and more")]


def test_only_web_addresses_become_buttons():
    assert html_parts("Click:\njavascript:alert(1)") == [Part("Click:\njavascript:alert(1)")]


@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cc", "Zl", "Zp", "Cs"]), min_size=1).map(str.strip).filter(bool)
    )
)
def test_no_word_of_the_text_is_lost(paragraphs):
    parts = html_parts("\n\n".join(paragraphs))
    assert [part.text for part in parts] == paragraphs
