"""Names and time zones that people may have (bad inputs D14 and D19)."""

from __future__ import annotations

import zoneinfo

import pytest

from accounts.forms import ProfileForm, time_zone_choices
from accounts.models import User


def flat(choices):
    return [name for value, label in choices for name in ([value] if isinstance(label, str) else dict(label))]


def form_with(**data):
    return ProfileForm({"name": "Amara Okonjo", "time_zone": "Europe/London", **data}, instance=User())


def test_every_choice_is_a_zone_that_opens():
    names = flat(time_zone_choices())
    assert len(names) > 350
    assert len(names) == len(set(names))
    assert {"UTC", "Europe/London", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia"} <= set(names)
    for name in names:
        zoneinfo.ZoneInfo(name)


def test_a_zone_chosen_long_ago_under_an_old_name_stays_a_choice():
    assert "US/Eastern" not in flat(time_zone_choices())
    assert "US/Eastern" in flat(time_zone_choices(present="US/Eastern"))


@pytest.mark.parametrize(
    "zone", ["Mars/Olympus", "../etc/passwd", "US/Pacific-New", "", "europe/london", "/etc/localtime"]
)
def test_a_zone_that_is_none_is_refused_beside_its_field(zone):
    assert list(form_with(time_zone=zone).errors) == ["time_zone"]


@pytest.mark.parametrize("name", ["Bob\r\nBcc: x@y", "a" * 101, "‮4pm", "tab\there", "\x00", " "])
def test_a_name_with_control_characters_or_too_long_is_refused(name):
    assert list(form_with(name=name).errors) == ["name"]


@pytest.mark.parametrize("name", ["{{7*7}}", "<img onerror=x>", "Siobhán O’Neill-Ngũgĩ", "李小龍", "क्‍ष"])
def test_other_names_are_kept_as_they_are(name):
    form = form_with(name=name)
    form.is_valid()
    assert form.cleaned_data["name"] == name
    assert "name" not in form.errors


def test_a_zone_that_left_the_database_does_not_break_the_person():
    assert User(time_zone="Mars/Olympus").zone == zoneinfo.ZoneInfo("Europe/London")
    assert User(time_zone="../etc").zone == zoneinfo.ZoneInfo("Europe/London")
