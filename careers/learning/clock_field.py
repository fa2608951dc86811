"""A place in a recording, as people write it."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

CLOCK = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):(\d{2})|(\d{1,6})", re.ASCII)


class ClockField(forms.CharField):
    """A place in a recording, in seconds: “12:40”, “1:02:05”, or “75” for seconds alone."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        found = CLOCK.fullmatch(text)
        if not found:
            raise ValidationError(_("Write the time like 12:40 or 1:02:05."))
        hours, minutes, rest, seconds = (int(group or 0) for group in found.groups())
        return seconds or hours * 3600 + minutes * 60 + rest
