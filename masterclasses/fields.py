"""Places in a video, as people write them."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from masterclasses.captions.times import show_time

_CLOCK = re.compile(r"(?:(?:([0-9]{1,2}):)?([0-9]{1,3}):)?([0-9]{1,6})")


def read_clock(text: str) -> int | None:
    """Seconds from `75`, `1:15` or `1:01:15`; None for anything else."""
    found = _CLOCK.fullmatch(text.strip())
    if not found:
        return None
    hours, minutes, seconds = (int(part) if part else None for part in found.groups())
    if (minutes is not None and (seconds or 0) > 59) or (hours is not None and (minutes or 0) > 59):
        return None
    return ((hours or 0) * 60 + (minutes or 0)) * 60 + (seconds or 0)


class ClockField(forms.IntegerField):
    """Whole seconds, shown and accepted as a clock shows them."""

    widget = forms.TextInput
    default_error_messages = {
        "invalid": _("Write the time as minutes and seconds (2:05), with hours (1:02:05), or as seconds (125).")
    }

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        seconds = value if isinstance(value, int) else read_clock(str(value))
        if seconds is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return seconds

    def prepare_value(self, value: Any) -> Any:
        return show_time(value * 1000) if isinstance(value, int) else value

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"placeholder": "0:00", "autocomplete": "off"}


class SecondsField(models.PositiveIntegerField):
    """Seconds from the beginning of a video; forms offer a clock."""

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": ClockField, **kwargs})
