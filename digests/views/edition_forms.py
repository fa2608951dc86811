"""What an editor fills in about an edition, and about who reads its preview."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminPageChooser

from careers.models import LearningPathPage
from digests.editions.previews import Kind
from digests.models import Edition
from home.models import Area, ContentPage

NOBODY, ME = "nobody", "me"
WIDTHS = [("600", _("A window, 600 px")), ("320", _("A phone, 320 px"))]
SCHEMES = [("light", _("Light")), ("dark", _("Dark"))]


class NoteForm(WagtailAdminModelForm):
    class Meta:
        model = Edition
        fields = ("note",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        note = self.fields["note"]
        # Its options are the editor's properties; the label that Wagtail writes points at a hidden field.
        note.widget.options = {**note.widget.options, "ariaLabel": str(note.label)}


class AddForm(forms.Form):
    page = forms.ModelChoiceField(
        label=_("Page"),
        queryset=ContentPage.objects.all(),
        widget=AdminPageChooser(target_models=[ContentPage]),
        help_text=_("An older one, say. It is pinned for all whose areas it belongs to."),
    )


class PreviewForm(forms.Form):
    areas = forms.ModelMultipleChoiceField(
        label=_("Areas"),
        queryset=Area.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: all of them."),
    )
    who = forms.ChoiceField(
        label=_("Account"),
        required=False,
        choices=[(NOBODY, _("Without an account")), (ME, _("With mine: what I have read, follow and learn"))],
    )
    path = forms.ModelChoiceField(
        label=_("Path in progress"),
        queryset=LearningPathPage.objects.none(),
        required=False,
        empty_label=_("None but those of the account"),
    )
    width = forms.ChoiceField(label=_("Shown on"), required=False, choices=WIDTHS)
    scheme = forms.ChoiceField(label=_("Screen"), required=False, choices=SCHEMES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        paths: Any = self.fields["path"]
        paths.queryset = LearningPathPage.objects.visible().order_by("title")

    def kind(self, person: Any) -> Kind:
        """Who reads; a choice that does not exist counts as none."""
        self.is_valid()
        data = self.cleaned_data
        own = person.pk if data.get("who") == ME else None
        return Kind(tuple(data.get("areas") or ()), own, data.get("path"))

    @property
    def shown(self) -> dict[str, str]:
        """Width and scheme, the first of each when none is chosen."""
        self.is_valid()
        return {
            "width": self.cleaned_data.get("width") or WIDTHS[0][0],
            "scheme": self.cleaned_data.get("scheme") or SCHEMES[0][0],
        }
