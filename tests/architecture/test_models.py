"""What every model and every page type has."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from inspect import getmembers, isclass

import pytest
from django.apps import apps
from django.db import models
from django.template.loader import get_template
from factory import Factory
from wagtail.models import Page, get_page_models

from tests.architecture import source

OUR_MODELS = [model for floor in source.FLOORS for model in apps.get_app_config(floor).get_models()]
OUR_PAGES = [model for model in get_page_models() if model in OUR_MODELS and model.is_creatable]


def factories() -> Iterator[type[Factory]]:
    for path in source.files("tests/factories"):
        module = import_module(f"tests.factories.{path.stem}" if path.stem != "__init__" else "tests.factories")
        yield from (member for _, member in getmembers(module, isclass) if issubclass(member, Factory))


def made_by_a_factory() -> set[type]:
    return {factory._meta.model for factory in factories() if not factory._meta.abstract}


@pytest.mark.parametrize("page_type", OUR_PAGES, ids=lambda model: model.__name__)
def test_every_page_type_has_a_factory(page_type: type[Page]):
    assert page_type in made_by_a_factory()


@pytest.mark.parametrize("page_type", OUR_PAGES, ids=lambda model: model.__name__)
def test_every_page_type_has_a_template(page_type: type[Page]):
    assert get_template(page_type.template)


@pytest.mark.parametrize("page_type", OUR_PAGES, ids=lambda model: model.__name__)
def test_every_page_type_says_where_it_may_stand(page_type: type[Page]):
    assert page_type.parent_page_types is not None or page_type.subpage_types is not None


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
def test_every_model_has_a_name_for_people(model: type[models.Model]):
    declared = model._meta.original_attrs

    assert {"verbose_name", "verbose_name_plural"} <= set(declared), "name it in Meta, translatable"
