"""How hard words are to read."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from home.desk.readability import is_hard, lix

EASY = "We met at ten. The plan was on the wall. She read it out and we all said yes. " * 8
HARD = (
    "Organisational transformation programmes necessitate comprehensive governance arrangements encompassing "
    "multidisciplinary stakeholder representation, standardised prioritisation methodologies and continuously "
    "harmonised interdependency management throughout the entirety of the respective implementation horizon. "
) * 5


def test_short_sentences_of_short_words_are_easy_and_the_contrary_is_hard():
    assert not is_hard(EASY, "en-gb")
    assert is_hard(HARD, "en-gb")
    assert lix(EASY) < 30 < 60 < lix(HARD)


def test_a_few_words_say_nothing():
    assert lix("Interdependency harmonisation.") is None
    assert not is_hard("", "en")


def test_ten_words_in_two_sentences_with_two_long_ones_are_25():
    text = "One two three longest five. One two three longest five. " * 20

    assert lix(text) == 5 + 20


@given(st.text(max_size=2000))
def test_no_text_breaks_it(text):
    value = lix(text)

    assert value is None or value > 0
