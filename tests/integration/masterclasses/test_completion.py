"""A masterclass is done when all its parts are."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model

from careers.actions import mark_done, undo
from careers.models import Completion
from tests.factories.masterclasses import MasterclassPageFactory, PartPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return get_user_model().objects.create_user(email="p@example.org", password="a long one")


@pytest.fixture
def series():
    return MasterclassPageFactory()


@pytest.fixture
def parts(series):
    return [PartPageFactory(parent=series) for _number in range(3)]


def how_done(person, page) -> str | None:
    return Completion.objects.filter(person=person, page=page.pk).values_list("how", flat=True).first()


def test_the_last_part_completes_the_masterclass(person, series, parts):
    for part in parts[:2]:
        mark_done(person=person, page=part)
        assert how_done(person, series) is None
    mark_done(person=person, page=parts[2])
    assert how_done(person, series) == "parts"


def test_taking_back_a_part_takes_back_the_masterclass(person, series, parts):
    for part in parts:
        mark_done(person=person, page=part)
    undo(person=person, page=parts[1])
    assert how_done(person, series) is None
    mark_done(person=person, page=parts[1])
    assert how_done(person, series) == "parts"


def test_a_masterclass_that_somebody_marked_stays_marked(person, series, parts):
    mark_done(person=person, page=series)
    mark_done(person=person, page=parts[0])
    undo(person=person, page=parts[0])
    assert how_done(person, series) == "marked"


def test_parts_that_are_not_published_do_not_count(person, series, parts):
    parts[2].unpublish()
    for part in parts[:2]:
        mark_done(person=person, page=part)
    assert how_done(person, series) == "parts"


def test_a_part_that_comes_later_takes_nothing_back(person, series, parts):
    for part in parts:
        mark_done(person=person, page=part)
    PartPageFactory(parent=series)
    assert how_done(person, series) == "parts"


def test_other_peoples_parts_do_not_count(person, series, parts):
    other = get_user_model().objects.create_user(email="o@example.org", password="a long one")
    for part in parts[:2]:
        mark_done(person=person, page=part)
    mark_done(person=other, page=parts[2])
    assert how_done(person, series) is None
