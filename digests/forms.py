"""What a subscriber fills in."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.forms import time_zone_choices
from accounts.models import validate_time_zone
from digests import addresses
from digests.actions import Wish
from digests.addresses import Address
from digests.models import Subscriber
from digests.periods import Rhythm
from home import languages
from home.models import Area

LAST_DAY = 31
LONGEST_PAUSE = timedelta(days=366)
HOURS = [(hour, f"{hour:02}:00") for hour in range(24)]
DAYS = [(day, str(day)) for day in range(1, LAST_DAY + 1)]


class AddressField(forms.CharField):
    """Takes what `digests.addresses` takes; nothing is stripped that would hide a line break."""

    widget = forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"})

    def __init__(self, **options: Any) -> None:
        super().__init__(strip=False, **options)

    def clean(self, value: Any) -> Any:
        text: str = super().clean(value)
        return addresses.parse(text)


class WishForm(forms.Form):
    """Areas, rhythm, hour and language: what a subscriber asks for."""

    areas = forms.ModelMultipleChoiceField(
        label=_("Areas"),
        help_text=_("What you would like to hear about."),
        queryset=Area.objects.all(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one area.")},
    )
    rhythm = forms.ChoiceField(
        label=_("How often"),
        help_text=_("At most so often: when there is nothing new, nothing comes."),
        choices=Rhythm.choices,
        initial=Rhythm.WEEKLY,
        widget=forms.RadioSelect,
    )
    weekday = forms.TypedChoiceField(
        label=_("Day of the week"),
        help_text=_("For the weekly digest."),
        choices=Subscriber.Weekday.choices,
        coerce=int,
        initial=Subscriber.Weekday.TUESDAY,
    )
    month_day = forms.TypedChoiceField(
        label=_("Day of the month"),
        help_text=_("For the monthly digest. In a shorter month it comes on the last day."),
        choices=DAYS,
        coerce=int,
        initial=1,
    )
    hour = forms.TypedChoiceField(label=_("Time"), choices=HOURS, coerce=int, initial=8)
    time_zone = forms.CharField(
        label=_("Time zone"),
        max_length=64,
        initial=settings.TIME_ZONE,
        validators=[validate_time_zone],
        widget=forms.Select(attrs={"data-time-zone": ""}),
    )

    language = forms.ChoiceField(
        label=_("Language"),
        help_text=_("The digest brings the pages that are written in it."),
        choices=settings.LANGUAGES,
        initial=languages.active,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        present = str(self["time_zone"].value() or "")
        self.fields["time_zone"].widget.choices = time_zone_choices(present=present)
        self.offered = languages.offered()
        cast(forms.ChoiceField, self.fields["language"]).choices = self.offered
        if len(self.offered) < 2:  # nothing to choose
            del self.fields["language"]

    @property
    def wish(self) -> Wish:
        data = {name: value for name, value in self.cleaned_data.items() if name in Wish.setting_names()}
        return Wish(areas=tuple(self.cleaned_data["areas"]), **data | {"language": self._language()})

    def _language(self) -> str:
        """As chosen, else that of the page, where there is something to read in it."""
        active = languages.active()
        return self.cleaned_data.get("language") or (active if active in dict(self.offered) else settings.LANGUAGE_CODE)


class PreferencesForm(WishForm):
    """The only fields that a link in a mail lets anybody change."""

    paused_until = forms.DateField(
        label=_("Pause until"),
        required=False,
        help_text=_("For a holiday: nothing comes before that day. Leave it empty for no pause."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean_paused_until(self) -> date | None:
        """A day that has gone is no pause."""
        until: date | None = self.cleaned_data["paused_until"]
        today = timezone.localdate()
        if until and until > today + LONGEST_PAUSE:
            raise forms.ValidationError(_("A pause can last a year at most. To stop the digest, unsubscribe."))
        return until if until and until > today else None


class SubscribeForm(WishForm):
    email = AddressField(label=_("E-mail address"), max_length=320)

    field_order = ("email", "areas", "rhythm", "weekday", "month_day", "hour", "time_zone", "language")

    @property
    def address(self) -> Address:
        found: Address = self.cleaned_data["email"]
        return found
