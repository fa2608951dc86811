"""How an editor is told of what happened, on Wagtail's "Account" page."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.account import BaseSettingsPanel, notifications_tab

from jobs.models import NoticePreference
from jobs.notices import preference_of

HOURS = [(hour, f"{hour:02}:00") for hour in range(24)]


class NoticePreferenceForm(forms.ModelForm):
    hour = forms.TypedChoiceField(
        label=_("Hour of the daily mail"),
        choices=HOURS,
        coerce=int,
        help_text=_("In the time zone of your profile. A day without news brings no mail."),
    )

    class Meta:
        model = NoticePreference
        fields = ("how", "hour")
        widgets = {"how": forms.RadioSelect}


class NoticePreferencePanel(BaseSettingsPanel):
    name = "notices"
    title = _("What became of your videos and pages")
    tab = notifications_tab
    order = 50
    form_class = NoticePreferenceForm

    def get_form(self) -> NoticePreferenceForm:
        given = self.request.POST if self.request.method == "POST" else None
        return NoticePreferenceForm(given, instance=preference_of(self.user), prefix=self.name)
