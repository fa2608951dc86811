"""A row of any model, by its factory or else from its fields alone: for tests that walk every model."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from factory import Factory
from factory.django import DjangoModelFactory
from wagtail.models import Collection, Page

from home.models import ContentPage
from tests.factories.careers import ArticlePageFactory
from tests.factories.home import StandardPageFactory

#: What a factory of these makes is any of their kind.
ABSTRACT_ONES: dict[type[models.Model], type[Factory]] = {Page: StandardPageFactory, ContentPage: ArticlePageFactory}


def anything(model: Any, **given: Any) -> Any:
    """Make a row of `model`, with what it needs; `given` are values of its fields."""
    if model in (ContentType, Collection):
        return model._base_manager.order_by("pk").first()
    if factory := _factories().get(model):
        return factory(**given)
    needed = [f for f in model._meta.concrete_fields if f.name not in given and _needs_a_value(f)]
    new = model(**{field.name: _sample(field) for field in needed}, **given)
    if model._meta.parents:
        new.save()
        return new
    return model._base_manager.bulk_create([new])[0]  # a row, without what a model's own save asks for


def _factories() -> dict[type[models.Model], type[Factory]]:
    modules = [
        import_module(f"tests.factories.{path.stem}") for path in sorted(Path(__file__).parent.glob("[a-z]*.py"))
    ]
    found = [value for module in modules for value in vars(module).values() if isinstance(value, type)]
    made = [one for one in found if issubclass(one, DjangoModelFactory) and not one._meta.abstract]
    return {factory._meta.model: factory for factory in made if factory._meta.model} | ABSTRACT_ONES


def _needs_a_value(field: Any) -> bool:
    made_by_itself = field.primary_key and isinstance(field, models.AutoField)
    dated = getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
    given = field.null or field.has_default() or isinstance(field, models.GeneratedField)
    parent = field.remote_field and getattr(field.remote_field, "parent_link", False)
    return not (made_by_itself or dated or given or parent or (field.blank and not field.is_relation))


def _standing_page(field: Any) -> Any:
    """A page takes long to make: one serves for all, where the column does not ask for another."""
    model = field.related_model
    return model.objects.first() if issubclass(model, Page) and not field.unique else None


def _sample(field: Any) -> Any:
    if field.is_relation:
        return _standing_page(field) or anything(field.related_model)
    if field.choices:
        return field.flatchoices[0][0]
    samples: dict[type[models.Field], Any] = {
        models.DateTimeField: timezone.now(),
        models.DateField: timezone.localdate(),
        models.TimeField: timezone.now().time(),
        models.DurationField: timedelta(minutes=1),
        models.BooleanField: True,
        models.IntegerField: 1,
        models.FloatField: 1.0,
        models.DecimalField: 1,
        models.UUIDField: uuid4(),
        models.JSONField: {},
        models.FileField: "a-file",
        models.EmailField: f"{uuid4().hex[:8]}@example.org",
        models.BinaryField: b"x",
    }
    found = next((value for kind, value in samples.items() if isinstance(field, kind)), None)
    return str(uuid4().int % 10**9) if found is None else found  # may stand for the number of a row
