"""What holds of the public stylesheets: layers, tokens, and nothing that knows left from right."""

from __future__ import annotations

import re

import pytest

from home.look import stylesheet
from tests.architecture.source import ROOT

CSS = ROOT / "static" / "css"
TEXTS = {
    name: re.sub(r"/\*.*?\*/", "", (CSS / f"{name}.css").read_text(), flags=re.DOTALL) for name in stylesheet.FILES
}
DECLARATION = re.compile(r"(?:^|[{;\s])([a-z-]+):\s*([^;{}]+)")
PHYSICAL = re.compile(
    r"(margin|padding|border)-(left|right|top|bottom)(-\w+)?|left|right|top|bottom|"
    r"((max|min)-)?(width|height)|border-(top|bottom)-(left|right)-radius"
)
#: The line of a film's time and what opens above a button are placed by scripts, in pixels of the screen.
BY_SCRIPT = {("player", "left"), ("player", "right"), ("player", "top"), ("player", "bottom")}
COLOUR = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|lab|lch|oklab|oklch|hwb)\(|\b(?:white(?!-)|black|gr[ae]y|red)\b", re.I
)
FOUR_SIDES = re.compile(r"margin|padding|inset|border-(radius|width|style|color)")


def declarations(name):
    return [(key, value.strip()) for key, value in DECLARATION.findall(TEXTS[name]) if not key.startswith("--")]


def sides(value):
    while re.search(r"\([^()]*\)", value):
        value = re.sub(r"\([^()]*\)", "", value)
    return value.split()


@pytest.mark.parametrize("name", TEXTS)
def test_a_stylesheet_says_start_and_end_never_left_and_right(name):
    physical = [key for key, _value in declarations(name) if PHYSICAL.fullmatch(key) and (name, key) not in BY_SCRIPT]
    floating = [
        f"{key}: {value}"
        for key, value in declarations(name)
        if key in {"float", "text-align"} and value in {"left", "right"}
    ]
    uneven = [
        f"{key}: {value}"
        for key, value in declarations(name)
        if FOUR_SIDES.fullmatch(key) and len(sides(value)) == 4 and sides(value)[1] != sides(value)[3]
    ]
    assert physical + floating + uneven == []


@pytest.mark.parametrize("name", sorted(set(TEXTS) - {"tokens"}))
def test_a_colour_is_named_among_the_tokens_and_nowhere_else(name):
    assert [found[0] for found in COLOUR.finditer(re.sub(r"\.[\w-]+|\"[^\"]*\"", "", TEXTS[name]))] == []


@pytest.mark.parametrize("name", TEXTS)
def test_every_rule_stands_in_a_layer(name):
    depth, outside = 0, []
    for line in TEXTS[name].splitlines():
        if not depth and line.strip() and not line.startswith("@layer"):
            outside.append(line)
        depth += line.count("{") - line.count("}")
    assert depth == 0
    assert outside == []


@pytest.mark.parametrize("name", TEXTS)
def test_every_custom_property_that_is_used_is_set_somewhere(name):
    everything = "".join(TEXTS.values())
    used = re.findall(r"var\((--[\w-]+)\)", TEXTS[name])
    assert {each for each in used if not re.search(rf"{each}\s*:", everything)} == set()


def test_print_less_movement_and_forced_colours_are_thought_of():
    everything = "".join(TEXTS.values())
    for feature in ("@media print", "prefers-reduced-motion: reduce", "forced-colors: active", "@container"):
        assert feature in everything
