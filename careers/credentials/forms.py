"""What a person, and an editor, may say about a certificate."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from careers.models import Credential


class NameForm(forms.ModelForm):
    """The name on a certificate that is issued anew."""

    class Meta:
        model = Credential
        fields = ("name",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["name"]
        field.required = True
        field.label = _("Name on the certificate")
        field.widget.attrs |= {"autocomplete": "name"}

    def clean_name(self) -> str:
        name: str = " ".join(self.cleaned_data["name"].split())
        if name == self.initial.get("name"):
            raise forms.ValidationError(_("This is the name that is on it already."))
        return name


class RevokeForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("Whoever looks the certificate up reads it, and so does the person. It cannot be undone."),
        widget=forms.TextInput,
    )
