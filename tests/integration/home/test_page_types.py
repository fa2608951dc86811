"""What holds for every page type, so that a new one cannot forget it."""

from __future__ import annotations

import importlib
import pkgutil

import factory
import pytest
from django.template.loader import get_template
from wagtail.models import Page
from wagtail.search import index

import tests.factories
from home.checks import our_page_types, page_types_follow_the_house
from home.models import BasePage, ContentKind, ContentPage

TYPES = our_page_types()


def factories() -> set[type]:
    """The models that tests.factories can make."""
    found = set()
    for module in pkgutil.iter_modules(tests.factories.__path__):
        for value in vars(importlib.import_module(f"tests.factories.{module.name}")).values():
            if isinstance(value, type) and issubclass(value, factory.Factory) and value._meta.model:
                found.add(value._meta.model)
    return found


def test_there_are_the_types_of_the_design():
    assert {model.__name__ for model in TYPES} == {
        "HomePage",
        "StandardPage",
        "LibraryPage",
        "ArticlePage",
        "ResourcePage",
        "LearningPathsPage",
        "LearningPathPage",
        "MasterclassesPage",
        "MasterclassPage",
        "PartPage",
    }


def test_the_rules_of_the_house_hold():
    assert page_types_follow_the_house() == []


@pytest.mark.parametrize("model", TYPES)
def test_a_page_type_derives_from_ours_and_has_a_template(model):
    assert issubclass(model, BasePage)
    assert get_template(model.template)


@pytest.mark.parametrize("model", TYPES)
def test_a_page_type_has_a_factory(model):
    assert model in factories()


@pytest.mark.parametrize("model", TYPES)
def test_a_page_type_has_a_name_of_its_own_for_editors(model):
    assert str(model._meta.verbose_name) != model._meta.model_name
    assert str(model._meta.verbose_name)[0].islower()


@pytest.mark.parametrize("model", TYPES)
def test_parents_and_children_agree(model):
    for parent in model.clean_parent_page_models():
        assert model in parent.clean_subpage_models() or parent is Page
    for child in model.clean_subpage_models():
        assert child in TYPES
        assert model in child.clean_parent_page_models()


@pytest.mark.parametrize("model", TYPES)
def test_its_title_can_be_searched(model):
    assert "title" in {field.field_name for field in model.search_fields if isinstance(field, index.SearchField)}


@pytest.mark.parametrize("model", [model for model in TYPES if issubclass(model, ContentPage)])
def test_content_says_its_kind(model):
    assert model.kind_default in ContentKind.values


@pytest.mark.django_db
def test_the_common_table_itself_cannot_be_created():
    assert ContentPage not in Page.get_first_root_node().specific.creatable_subpage_models()


class Loose(Page):
    """A type that forgot everything; it exists only to be caught."""

    template = "no/such/template.html"

    class Meta:
        abstract = True


def test_a_type_that_forgets_a_rule_is_named(monkeypatch):
    monkeypatch.setattr("home.checks.our_page_types", lambda: [Loose])
    found = {error.id for error in page_types_follow_the_house()}
    assert found == {"home.E001", "home.E002", "home.E003"}
