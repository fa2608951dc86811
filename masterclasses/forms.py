"""The admin's form for a video: the library's own views and the chooser all use this one."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtailmedia.forms import BaseMediaForm

from masterclasses.actions import receive_source
from masterclasses.models import Video
from masterclasses.quotas import check_room
from masterclasses.transcoding.probe import Probe
from masterclasses.validation import validate_source


class VideoForm(BaseMediaForm):
    probe: Probe | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.type = "video"
        address = (
            reverse("videos:replace", args=[self.instance.pk]) if self.instance.pk else reverse("videos:upload_page")
        )
        self.fields["file"].help_text = format_html(
            _("Large, or on a shaky line? “{link}” takes several files at once and goes on after an interruption."),
            link=format_html('<a href="{}" target="_blank">{}</a>', address, _("Upload in pieces")),
        )
        self.collection_before = self.instance.collection_id if self.instance.pk else None

    @cached_property
    def changed_data(self) -> list[str]:
        """Without "file": the library's view would delete the old file before the new one is saved.

        `receive_source` deletes it after the commit.
        """
        return [name for name in super().changed_data if name != "file"]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            self.probe = validate_source(file)
        return file

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        try:
            self.check_room(data)
        except ValidationError as error:
            self.add_error("file", error)
        return data

    def check_room(self, data: dict[str, Any]) -> None:
        """A new file needs room in its collection, and so does one that moves to another."""
        collection = data.get("collection") or self.instance.collection
        if self.probe:
            replaces = self.instance if self.instance.pk else None
            check_room(collection=collection, size=data["file"].size, replaces=replaces)
        elif self.instance.pk and collection.pk != self.collection_before:
            check_room(collection=collection, size=self.instance.source_bytes, replaces=self.instance)

    @transaction.atomic
    def save(self, commit: bool = True) -> Video:
        if self.probe is None or not commit:
            return super().save(commit=commit)
        video: Video = super().save(commit=False)
        receive_source(video=video, probe=self.probe, original_name=self.cleaned_data["file"].name)
        self.save_m2m()
        return video
