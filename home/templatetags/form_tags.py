"""Where the reader of a form that came back begins."""

from __future__ import annotations

from django import template
from django.forms import BaseForm, BoundField
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """Return the field's widget; the first with an error takes the focus, and its description reads the error out.

    Errors of the form as a whole take it before (templates/django/forms/errors/list/ul.html).
    """
    return field.as_widget(attrs={"autofocus": True} if is_first_wrong(field) else {})


def is_first_wrong(field: BoundField) -> bool:
    form: BaseForm = field.form
    wrong = next((name for name in form.fields if name in form.errors), None) if form.is_bound else None
    return field.name == wrong and not getattr(form.error_class, "still", False)
