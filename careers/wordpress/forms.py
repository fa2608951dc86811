"""Which file to take, and where its categories belong."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from careers.models import WordPressImport
from home.models import Area

MEGABYTE = 1024 * 1024
MOST_FILE = 300 * MEGABYTE
MOST_ARCHIVE = 2048 * MEGABYTE


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("Export"),
        help_text=_("In WordPress: Tools → Export → All content. An XML file, or one packed with gzip or zip."),
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty.")},
    )
    pictures = forms.FileField(
        label=_("Archive of uploads"),
        required=False,
        help_text=_(
            "If you have it: the folder wp-content/uploads as a zip file. Pictures are taken from there first."
        ),
        error_messages={"empty": _("The file is empty.")},
    )
    fetch_pictures = forms.BooleanField(
        label=_("Fetch the other pictures from the old site"),
        required=False,
        initial=True,
        help_text=_("One a second, and never from a private address. The old site must still be there."),
    )

    def clean_file(self) -> Any:
        return _small_enough(self.cleaned_data["file"], MOST_FILE)

    def clean_pictures(self) -> Any:
        pictures = self.cleaned_data["pictures"]
        if pictures and pictures.read(4) != b"PK\x03\x04":
            raise forms.ValidationError(_("This is not a zip file."))
        return _small_enough(pictures, MOST_ARCHIVE)


def _small_enough(file: Any, most: int) -> Any:
    if file:
        file.seek(0)
        if file.size > most:
            words = _("The file has %(size)d MB, and %(limit)d are allowed. WordPress can export a year at a time.")
            raise forms.ValidationError(words % {"size": file.size // MEGABYTE, "limit": most // MEGABYTE})
    return file


class MappingForm(forms.Form):
    """One field for each category of the file, and one for articles that have none."""

    default_area = forms.ModelChoiceField(
        label=_("Area of articles without one"),
        queryset=Area.objects.all(),
        error_messages={"required": _("Choose an area: every article belongs to one.")},
    )

    def __init__(self, batch: WordPressImport, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.slugs = list(batch.areas)
        names = batch.site.get("names", {})
        areas = Area.objects.all()
        self.fields["default_area"].initial = batch.default_area_id or getattr(areas.first(), "pk", None)
        for number, slug in enumerate(self.slugs):
            self.fields[f"category_{number}"] = forms.ModelChoiceField(
                label=names.get(slug, slug),
                queryset=areas,
                required=False,
                empty_label=_("Becomes a tag"),
                initial=batch.areas[slug] or None,
            )

    @property
    def chosen(self) -> dict[str, int]:
        areas = (self.cleaned_data[f"category_{number}"] for number in range(len(self.slugs)))
        return {slug: area.pk if area else 0 for slug, area in zip(self.slugs, areas, strict=True)}
