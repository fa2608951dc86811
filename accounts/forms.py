"""Sign-up and profile."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from allauth.account.forms import SignupForm as AllauthSignupForm
from django import forms
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from accounts.models import User, time_zone_names, validate_plain_name
from home.languages import active
from jobs.speaking import language_of, speak

REGIONS = (
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
)


class SignupForm(AllauthSignupForm):
    name = forms.CharField(
        label=_("Your name"),
        max_length=100,
        validators=[validate_plain_name],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ("name", "email", "password1", "password2")

    def custom_signup(self, request: HttpRequest, user: User) -> None:
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])
        speak(user, active())

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """An address that has an account takes as long as a new one: the slow part is hashing the password."""
        if self.account_already_exists:
            make_password(self.cleaned_data.get("password1"))
        result: tuple[User | None, HttpResponse | None] = super().try_save(request)
        return result


class ProfileForm(forms.ModelForm):
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        help_text=_("Times on this site, and the hour at which your digest comes, follow it."),
    )

    language = forms.ChoiceField(
        label=_("Language"),
        help_text=_("What we write to you is in it, and the administration, if you work there."),
        required=False,
    )

    class Meta:
        model = User
        fields = ("name", "time_zone")
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True
        field = self.fields["time_zone"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - narrows the type
        field.choices = time_zone_choices(present=self.instance.time_zone)
        language = self.fields["language"]
        assert isinstance(language, forms.ChoiceField)  # noqa: S101 - narrows the type
        language.choices = settings.LANGUAGES
        self.initial["language"] = language_of(self.instance) if self.instance.pk else settings.LANGUAGE_CODE

    def save(self, commit: bool = True) -> User:
        user: User = super().save(commit)
        if language := self.cleaned_data["language"]:
            speak(user, language)
        return user


def time_zone_choices(*, present: str = "") -> list[tuple[str, Any]]:
    """Return the IANA zones by region, as a select shows them; `present` is in even when it is an old alias."""
    names = sorted(name for name in time_zone_names() if name.partition("/")[0] in REGIONS)
    choices: list[tuple[str, Any]] = [("UTC", "UTC")]
    if present not in {"UTC", *names} and present in time_zone_names():
        choices.append((present, present))
    for region, members in groupby(names, key=lambda name: name.partition("/")[0]):
        choices.append((region, [(name, name.partition("/")[2].replace("_", " ")) for name in members]))
    return choices
