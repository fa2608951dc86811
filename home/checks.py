"""Rules of the house for page types, as system checks: `manage.py check` says what a new type forgot."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, register
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from wagtail.models import Page, get_page_models

FLOORS = ("home", "careers", "masterclasses", "digests", "accounts", "portal")


def our_page_types() -> list[type[Page]]:
    """Every concrete page type of ours that can be served; ContentPage itself is only their common table."""
    from home.models import ContentPage

    ours = [model for model in get_page_models() if model._meta.app_label in FLOORS]
    return [model for model in ours if model is not ContentPage]


@register("home")
def page_types_follow_the_house(**kwargs: Any) -> list[CheckMessage]:
    if not apps.ready:
        return []
    return [error for model in our_page_types() for error in _errors_of(model)]


def _errors_of(model: Any) -> Iterator[CheckMessage]:
    from home.models import BasePage, ContentKind, ContentPage

    if not issubclass(model, BasePage):
        yield Error("A page type derives from home.models.BasePage.", obj=model, id="home.E001")
    if not _has_template(model):
        yield Error(f"Its template {model.template!r} does not exist.", obj=model, id="home.E002")
    for name in ("parent_page_types", "subpage_types"):
        if name not in vars(model):
            yield Error(f"A page type declares its own {name}.", obj=model, id="home.E003")
    if issubclass(model, ContentPage):
        declares = {"kind_default", "kind_of"} & {name for base in _own_classes(model) for name in vars(base)}
        if not declares or model.kind_default not in ContentKind.values:
            yield Error(
                "Content declares its kind: kind_default, or kind_of() where editors choose.", obj=model, id="home.E004"
            )


def _own_classes(model: type[Page]) -> list[type]:
    """The type and those of its parents that stand between it and ContentPage."""
    from home.models import ContentPage

    return [base for base in model.__mro__ if issubclass(base, ContentPage) and base is not ContentPage]


def _has_template(model: Any) -> bool:
    try:
        get_template(model.template)
    except TemplateDoesNotExist:
        return False
    return True
