"""“I have 40 minutes on Tuesdays”: a row for each day of the week, and how fast one plays recordings."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from careers.models import WeeklyPlan
from careers.models.slots import LEAST_MINUTES, MOST_MINUTES
from careers.planning.sessions import Slot

EVENING = datetime.time(18)


class PlanForm(forms.Form):
    speed = forms.TypedChoiceField(
        label=_("I play recordings"), choices=WeeklyPlan.Speed.choices, coerce=int, initial=WeeklyPlan.Speed.AS_RECORDED
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Who has no plan yet is offered the speed that the player is set to in their browser (static/js/plan.js)."""
        super().__init__(*args, **kwargs)
        if not self.is_bound and "speed" not in self.initial:
            self.fields["speed"].widget.attrs["data-as-in-player"] = ""
        for weekday, name in WEEKDAYS.items():
            self.fields[f"minutes_{weekday}"] = forms.IntegerField(
                label=_("Minutes on %(day)s") % {"day": name},
                required=False,
                min_value=LEAST_MINUTES,
                max_value=MOST_MINUTES,
                widget=forms.NumberInput(attrs={"step": 5, "inputmode": "numeric", "placeholder": "–"}),
                error_messages={
                    "min_value": _("At least %(limit_value)d minutes: less is over before it begins."),
                    "max_value": _("At most %(limit_value)d minutes: a day needs rest, too."),
                },
            )
            self.fields[f"starts_{weekday}"] = forms.TimeField(
                label=_("%(day)s from") % {"day": name},
                required=False,
                initial=EVENING,
                widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            )

    def days(self) -> Iterable[tuple[str, BoundField, BoundField]]:
        """Each weekday's name with its two fields."""
        for weekday, name in WEEKDAYS.items():
            yield str(name), self[f"minutes_{weekday}"], self[f"starts_{weekday}"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not self.slots:
            self.add_error(None, _("Give at least one day some minutes."))
        return cleaned

    @property
    def slots(self) -> list[Slot]:
        rows = (
            (day, self.cleaned_data.get(f"minutes_{day}"), self.cleaned_data.get(f"starts_{day}")) for day in range(7)
        )
        return [Slot(day, starts_at or EVENING, minutes) for day, minutes, starts_at in rows if minutes]


def initial_of(plan: WeeklyPlan | None, slots: Iterable[Slot]) -> Mapping[str, Any]:
    values: dict[str, Any] = {"speed": plan.speed} if plan else {}
    for slot in slots:
        values |= {f"minutes_{slot.weekday}": slot.minutes, f"starts_{slot.weekday}": slot.starts_at}
    return values
