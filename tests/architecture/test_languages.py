"""Everything that people read is marked for translation, and translated whole."""

from __future__ import annotations

import gettext
import re
from pathlib import Path

import polib
import pytest
from django.conf import settings

from tests.architecture.source import ROOT, lines, name, product
from tests.architecture.strings import marked, templates, unmarked_in_python, unmarked_in_template

CATALOGUES = sorted((ROOT / "locale").glob("*/LC_MESSAGES/django.po"))
HELD = re.compile(r"%\(\w+\)[sd]|%[sd]|%%|\{\w+\}|__LABEL__|<[^>]+>")

#: Words that stay as they are in every language, each with the reason.
LEFT_ALONE = {
    "templates/dev/style.html": "for developers: the names of buttons' states in our style sheet",
    "templates/home/admin/look_panel.html": "letters to look at",
    "templates/masterclasses/admin/chapters_paste.html": "an example of what to type, whose form is what matters",
}

#: Python that shows words to developers or programs alone.
PLAIN_PYTHON = {
    "portal/dev/style_samples.py": "for developers: sample forms of the style page",
    "masterclasses/remote/events.py": "for an encoder's programmers, in the answer to a machine",
}

#: What is written for programs or for developers, and what is one thing alone, so that no language orders it otherwise:
#: a year, a clock, the name of a weekday or of a time zone.
PLAIN_DATES = {"c", "Y-m-d", "Y", "H:i", "l", "D", "T", "j F, H:i:s", "j F Y, H:i:s"}


@pytest.mark.parametrize("path", templates(), ids=name)
def test_words_in_templates_are_marked_for_translation(path):
    found = [] if name(path) in LEFT_ALONE else unmarked_in_template(path)

    assert found == []


def test_words_that_code_shows_are_marked_for_translation():
    found = {name(path): words for path in product() if (words := unmarked_in_python(path))}
    found = {place: words for place, words in found.items() if place not in PLAIN_PYTHON}

    assert found == {}


def test_every_language_but_the_default_has_a_catalogue():
    folders = {path.parts[-3] for path in CATALOGUES}

    assert folders == {code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE}


@pytest.mark.parametrize("path", CATALOGUES, ids=name)
def test_a_catalogue_is_whole(path):
    """`uv run manage.py messages` brings new strings into it."""
    catalogue = polib.pofile(str(path))
    entries = [entry for entry in catalogue if not entry.obsolete]

    assert [entry.msgid for entry in entries if not entry.translated()] == []
    assert [entry.msgid for entry in entries if "fuzzy" in entry.flags] == []
    assert [entry.msgid for entry in entries if entry.msgid_plural and not all(entry.msgstr_plural.values())] == []
    assert {*marked()} - {entry.msgid for entry in entries} == set()


@pytest.mark.parametrize("path", CATALOGUES, ids=name)
def test_translations_hold_the_same_places_for_values(path):
    wrong = [entry.msgid for entry in polib.pofile(str(path)) if not entry.obsolete and not _holds_the_same(entry)]

    assert wrong == []


@pytest.mark.parametrize("path", CATALOGUES, ids=name)
def test_what_is_compiled_is_what_is_written(path):
    """The compiled catalogue is kept with the source: a clone runs where there are no gettext programs."""
    with path.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)

    for entry in polib.pofile(str(path)):
        if entry.obsolete:
            continue
        if entry.msgid_plural:
            said = [compiled.ngettext(entry.msgid, entry.msgid_plural, number) for number in (1, 2)]
            assert said == [entry.msgstr_plural[0], entry.msgstr_plural[1]]
        else:
            said_of = compiled.pgettext(entry.msgctxt, entry.msgid) if entry.msgctxt else compiled.gettext(entry.msgid)
            assert said_of == entry.msgstr


def test_dates_are_written_by_the_formats_of_the_language():
    """`DATE_FORMAT` and its like, of portal/formats: “24 November 2026” is “24. November 2026” in German."""
    literal = re.compile(r"""\|date:["']([^"']*)["']|date_format\(.*?, ["']([^"']*)["']""")
    sources: list[Path] = [*templates(), *product()]
    used = {(name(path), "".join(found)) for path in sources for line in lines(path) for found in literal.findall(line)}

    known = _formats("en") | PLAIN_DATES
    assert {(place, form) for place, form in used if form not in known} == set()


def test_every_language_has_all_formats():
    codes = {code.partition("-")[0] for code, _name in settings.LANGUAGES}

    assert all(_formats(code) == _formats("en") for code in codes)


def _formats(code: str) -> set[str]:
    text = (ROOT / "portal" / "formats" / code / "formats.py").read_text()
    return set(re.findall(r"^(\w+_FORMAT) =", text, re.MULTILINE))


def _holds_the_same(entry: polib.POEntry) -> bool:
    if entry.msgid_plural:
        return all(
            set(HELD.findall(words)) <= set(HELD.findall(entry.msgid_plural)) for words in entry.msgstr_plural.values()
        ) and set(HELD.findall(entry.msgstr_plural[1])) == set(HELD.findall(entry.msgid_plural))
    return sorted(HELD.findall(entry.msgid)) == sorted(HELD.findall(entry.msgstr))
