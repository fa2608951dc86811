"""Another list's subscribers, line by line: what each line asks for, or why it cannot be taken. No database.

The file is CSV (RFC 4180) in UTF-8 with a line of headings; `email` is the only column that must be there. The
columns are those that the portal's own export writes.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import validate_time_zone
from digests import addresses
from digests.addresses import Address
from digests.periods import Rhythm

MOST_BYTES = 5 * 1024 * 1024
MOST_LINES = 20_000
COLUMNS = ("email", "areas", "rhythm", "weekday", "month_day", "hour", "time_zone", "language", "consent")


@dataclass(frozen=True)
class Line:
    """One person; `number` counts lines of the file from 1, `consent` is what they agreed to, if the line says."""

    number: int
    email: str
    address: Address | None = None
    areas: tuple[str, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)
    consent: str = ""
    problem: str = ""


class LineForm(forms.Form):
    """The choices of one line; what is left out takes the default."""

    rhythm = forms.ChoiceField(choices=Rhythm.choices, required=False)
    weekday = forms.IntegerField(min_value=0, max_value=6, required=False)
    month_day = forms.IntegerField(min_value=1, max_value=31, required=False)
    hour = forms.IntegerField(min_value=0, max_value=23, required=False)
    time_zone = forms.CharField(max_length=64, required=False, validators=[validate_time_zone])
    language = forms.ChoiceField(choices=settings.LANGUAGES, required=False)


class NotAList(Exception):
    """The file as a whole cannot be read; the words say what is the matter."""


def read(data: bytes) -> list[Line]:
    """Return the lines of a file. Raises NotAList."""
    if len(data) > MOST_BYTES:
        raise NotAList(_("The file is larger than 5 MB. Split it into several."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotAList(_("The file is not text in UTF-8. Save it as “CSV UTF-8”.")) from error
    try:
        lines = list(_lines(text))
    except csv.Error as error:
        raise NotAList(_("The file is not CSV: %s.") % error) from error
    if not lines:
        raise NotAList(_("The file has no line below its headings."))
    return lines


def _lines(text: str) -> Iterator[Line]:
    first = text.partition("\n")[0]
    reader = csv.DictReader(
        io.StringIO(text, newline=""), delimiter=";" if first.count(";") > first.count(",") else ","
    )
    names = {(name or "").strip().lower(): name for name in reader.fieldnames or []}
    if "email" not in names:
        raise NotAList(_("The first line has to name the columns, and one of them has to be “email”."))
    seen: dict[str, int] = {}
    for row in reader:
        if len(seen) >= MOST_LINES:
            raise NotAList(_("The file has more than %d lines. Split it into several.") % MOST_LINES)
        values = {name: (row.get(names[name]) or "").strip() for name in COLUMNS if name in names}
        if any(values.values()):
            yield _line(reader.line_num, values, seen)


def _line(number: int, values: dict[str, str], seen: dict[str, int]) -> Line:
    email = values.get("email", "")
    try:
        address = addresses.parse(email)
    except ValidationError as error:
        return Line(number, email, problem=" ".join(error.messages))
    if address.key in seen:
        return Line(number, email, problem=_("The same address as in line %d.") % seen[address.key])
    seen[address.key] = number
    form = LineForm(values)
    if not form.is_valid():
        return Line(number, email, problem=_problems(form))
    chosen = {name: value for name, value in form.cleaned_data.items() if value not in (None, "")}
    areas = tuple(filter(None, (slug.strip().lower() for slug in values.get("areas", "").replace(",", " ").split())))
    return Line(number, email, address, areas, chosen, values.get("consent", ""))


def _problems(form: forms.Form) -> str:
    return " ".join(f"{name}: {' '.join(map(str, errors))}" for name, errors in form.errors.items())
