"""The look: every hue can be read, and an owner's colour is taken, tamed or refused in words."""

from __future__ import annotations

import gzip
from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError

from home.first_paint import CSP_HASH, SCRIPT
from home.look import contrast, owners_colour, stylesheet, tokens
from home.look.fonts import PAIRS, FontPair
from home.models import Area, SiteIdentity


def refusal(colour: str) -> str:
    with pytest.raises(ValidationError) as caught:
        owners_colour.check(colour)
    return str(caught.value.messages[0])


@pytest.mark.parametrize("base", range(0, 360, 15))
def test_with_every_hue_everything_can_be_read_in_both_themes(base):
    assert contrast.failures(base=base) == []


@pytest.mark.parametrize("hue", Area.Hue.values)
def test_with_the_hue_of_every_area_everything_can_be_read(hue):
    assert contrast.failures(hue=tokens.hues_of_areas()[hue]) == []


def test_contrast_is_measured_as_the_standard_does():
    white, black = tokens.Color("white"), tokens.Color("black")
    assert white.contrast(black, method="wcag21") == pytest.approx(21)
    assert tokens.Color("#767676").contrast(white, method="wcag21") == pytest.approx(4.54, abs=0.005)


@pytest.mark.parametrize(
    ("colour", "hue"),
    [("#1f6f54", 166), ("210", 210), ("360", 0), ("rebeccapurple", 304), (" #FF0000 ", 29), ("0.5", 0)],
)
def test_the_hue_of_a_colour_is_taken(colour, hue):
    assert owners_colour.base_of(colour) % 360 == pytest.approx(hue, abs=1)


@pytest.mark.parametrize("colour", ["#808080", "white", "black", "#777"])
def test_a_grey_is_refused_with_a_colour_that_works(colour):
    assert "grey" in refusal(colour)
    owners_colour.check("#1f6f54")


@pytest.mark.parametrize("colour", ["", "361", "-1", "teal-ish", "url(x)", "#12", "red;}body{display:none", "1" * 40])
def test_what_is_no_colour_is_refused_with_examples_of_some(colour):
    assert "no colour" in refusal(colour)


@pytest.mark.parametrize("colour", ["#ffff00", "#fefefe00", "#00ff7f", "#0000ff"])
def test_a_colour_too_light_for_words_is_tamed_not_refused(colour):
    if owners_colour.hue_of(colour) is not None:
        owners_colour.check(colour)
        assert contrast.failures(base=owners_colour.base_of(colour)) == []


def test_a_hue_that_cannot_be_read_is_refused_with_the_closest_that_can(monkeypatch):
    def failing(*, base=None, hue=None):
        found = replace(next(contrast.readings(base=base)), found=2.04)
        return [] if base >= 150 else [found]

    monkeypatch.setattr(contrast, "failures", failing)
    assert refusal("140").endswith("2.0 to 1, and it takes 4.5 to 1. The closest hue that works is 150.")


def test_the_stylesheet_has_another_address_for_another_look():
    addresses = {stylesheet.address(base=base, fonts=fonts) for base in (150, 282) for fonts in FontPair}
    assert len(addresses) == 2 * len(FontPair)


def test_the_stylesheet_sets_what_the_owner_chose_after_everything_else():
    css = stylesheet.text(base=150, fonts=FontPair.PLAIN)
    assert css.startswith("@layer reset,tokens,")
    assert css.endswith(f"--base:150;--serif:{PAIRS[FontPair.PLAIN].serif};--sans:{PAIRS[FontPair.PLAIN].sans}}}}}")
    assert css.count("{") == css.count("}")


def test_the_stylesheet_is_light():
    assert len(gzip.compress(stylesheet.text(base=282, fonts=FontPair.BOOK).encode())) < 24_000


def test_the_script_inside_pages_cannot_end_its_element():
    assert "<" not in SCRIPT
    assert CSP_HASH.startswith("'sha256-")


def test_a_site_of_which_nothing_was_said_looks_like_the_stylesheet():
    assert SiteIdentity().base == owners_colour.OWN_HUE == float(tokens.declared()["--base"])
