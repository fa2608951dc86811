"""Deleting one's account: a sign that it is meant, and what is to stay."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.privacy.registry import Choice


class DeletionForm(forms.Form):
    sure = forms.BooleanField(
        label=_("Delete my account for good"),
        help_text=_("This cannot be undone."),
        error_messages={"required": _("Tick this box if you mean it. Nothing is deleted yet.")},
    )

    def __init__(self, *args: Any, choices: list[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for choice in choices:
            self.fields[choice.name] = forms.BooleanField(
                label=choice.label, help_text=choice.help_text, required=False
            )
        self.order_fields([*(choice.name for choice in choices), "sure"])

    @property
    def wishes(self) -> dict[str, bool]:
        return {name: wanted for name, wanted in self.cleaned_data.items() if name != "sure"}
