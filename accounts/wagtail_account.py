"""Wagtail's "Account" page, with our user's one name in place of first and last name."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views import account

from accounts.models import User


class NameForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ("name",)


class NamePanel(account.BaseSettingsPanel):
    name = "name"
    title = _("Name")
    order = 100
    form_class = NameForm


class AccountView(account.AccountView):
    def get_panels(self) -> list[account.BaseSettingsPanel]:
        panels = super().get_panels()
        person = next(panel for panel in panels if isinstance(panel, account.NameEmailSettingsPanel))
        panels[panels.index(person)] = NamePanel(person.request, person.user, person.profile)
        return panels
