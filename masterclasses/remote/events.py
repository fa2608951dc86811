"""What the remote encoder may say, read from JSON and checked. Anything else is refused with a sentence."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware

from masterclasses.models import RemoteEvent
from masterclasses.transcoding.accepted import MAX_SECONDS

Kind = RemoteEvent.Kind
MOST_SEQUENCE = 2**62
#: How far the service's clock may be ahead of ours.
AHEAD = timedelta(days=1)
EVENT_ID = RegexValidator(r"^[\x21-\x7e]{1,200}\Z", "The event's id is empty, too long or has odd characters.")
FILE_NAME = r"^[a-z0-9]+(_[a-z0-9]+)*\.(m4s|mp4|m4a|m3u8|jpg)\Z"


@dataclass(frozen=True)
class Event:
    event_id: str
    job: UUID
    kind: str
    sequence: int
    sent_at: datetime
    data: dict[str, Any]


class BaseForm(forms.Form):
    job = forms.UUIDField()
    sequence = forms.IntegerField(min_value=0, max_value=MOST_SEQUENCE)


class ProgressForm(BaseForm):
    seconds_done = forms.FloatField(min_value=0, max_value=2 * MAX_SECONDS)
    eta_seconds = forms.FloatField(min_value=0, max_value=30 * 86_400, required=False)


class OutputReadyForm(BaseForm):
    rung = forms.CharField(max_length=40)


class FailedForm(BaseForm):
    code = forms.CharField(max_length=100, required=False)
    message = forms.CharField(max_length=20_000, required=False)


class OutputForm(forms.Form):
    """One file that was made: where it is to be had, and what it must be."""

    name = forms.RegexField(FILE_NAME, max_length=80)
    url = forms.CharField(max_length=2000)
    bytes = forms.IntegerField(min_value=1, max_value=2**40)
    sha256 = forms.RegexField(r"^[0-9a-f]{64}\Z")


FORMS: dict[str, type[BaseForm]] = {
    Kind.ACCEPTED: BaseForm,
    Kind.PROGRESS: ProgressForm,
    Kind.OUTPUT_READY: OutputReadyForm,
    Kind.DONE: BaseForm,
    Kind.FAILED: FailedForm,
}
WITH_OUTPUTS = (Kind.OUTPUT_READY, Kind.DONE)


def parse(event_id: str, body: bytes | str) -> Event:
    """Read an event's JSON. Raises ValidationError."""
    try:
        message = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ValidationError("The body is not JSON.") from error
    return read(event_id, message)


def read(event_id: str, message: Any) -> Event:
    """Check `{"type": …, "timestamp": …, "data": {…}}`. Raises ValidationError."""
    EVENT_ID(event_id)
    if not isinstance(message, dict) or not isinstance(message.get("data"), dict):
        raise ValidationError("An event is an object with type, timestamp and data.")
    kind, data = message.get("type"), message["data"]
    if kind not in Kind.values:
        raise ValidationError("The type of the event is unknown.")
    clean = checked(FORMS[kind], data)
    if kind in WITH_OUTPUTS:
        clean["outputs"] = outputs(data.get("outputs", []))
    return Event(event_id, clean.pop("job"), kind, clean.pop("sequence"), time_of(message.get("timestamp")), clean)


def outputs(found: Any) -> list[dict[str, Any]]:
    if not isinstance(found, list) or not all(isinstance(output, dict) for output in found):
        raise ValidationError("The outputs are not a list of objects.")
    return [checked(OutputForm, output) for output in found]


def checked(form_class: type[forms.Form], data: dict[str, Any]) -> dict[str, Any]:
    form = form_class(data)
    if not form.is_valid():
        name, errors = next(iter(form.errors.items()))
        raise ValidationError(f"{name}: {errors[0]}")
    return form.cleaned_data


def time_of(text: Any) -> datetime:
    try:
        found = parse_datetime(text) if isinstance(text, str) else None
    except ValueError:
        found = None
    if found is None or not is_aware(found):
        raise ValidationError("The timestamp is no time of ISO 8601 with a time zone.")
    if found > timezone.now() + AHEAD:
        raise ValidationError("The timestamp is in the future.")
    return found
