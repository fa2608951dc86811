"""The admin's form for a part: captions from files, chapters in order, both within the video."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import ORDERING_FIELD_NAME
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from masterclasses.captions.encoding import MAX_BYTES, WINDOWS
from masterclasses.captions.intake import Captions, take_file, take_text
from masterclasses.captions.problems import listed
from masterclasses.captions.rules import check_length
from masterclasses.captions.times import show_time
from masterclasses.wish_form import PublishWishForm

LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8}){0,3}", re.IGNORECASE)


class PartCaptionsForm(WagtailAdminModelForm):
    """A file wins over the text; its text then stands in the field, so that nothing is lost when something is wrong."""

    file = forms.FileField(
        label=_("File"),
        required=False,
        allow_empty_file=True,
        help_text=_("A WebVTT (.vtt) or SubRip (.srt) file; it is checked and converted when the page is saved."),
        widget=forms.FileInput(attrs={"accept": ".vtt,.srt,text/vtt,application/x-subrip"}),
    )
    found = Captions()
    data: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["webvtt"].required = False
        self.fields["webvtt"].strip = False  # lines keep their numbers

    def clean_language(self) -> str:
        language = self.cleaned_data["language"].strip()
        if not LANGUAGE.fullmatch(language):
            raise ValidationError(_("Write the language as its short code, for example en, de or pt-BR."))
        return language

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        file, text = cleaned.get("file"), cleaned.get("webvtt") or ""
        if not file and not text.strip():
            if not self.is_deferred_validation and "webvtt" not in self.errors:
                self.add_error("webvtt", _("Choose a file, or write the captions here."))
            return cleaned
        self.found = self._read_file(file) if file else take_text(text)
        if self.found.errors:
            self._refuse(listed(self.found.errors))
        elif self.found.webvtt:
            cleaned["webvtt"] = self.found.webvtt
        return cleaned

    def _read_file(self, file: Any) -> Captions:
        found = take_file(file.read(MAX_BYTES + 1) if file.size <= MAX_BYTES else b" " * (MAX_BYTES + 1))
        remark = "" if found.encoding != WINDOWS else str(_(", converted from Windows-1252: look at ä, é and the like"))
        self.instance.origin = f"{PurePosixPath(file.name).name[:100]}{remark}"
        if found.text:
            data = self.data.copy()
            data[self.add_prefix("webvtt")] = found.webvtt if not found.errors else found.text
            self.data = data
        return found

    def check_length(self, seconds: float) -> None:
        """Refuse what could never be seen in a video of so many seconds."""
        if not self.errors:
            beyond = [problem for problem in check_length(self.found.cues, seconds=seconds) if problem.is_error]
            if beyond:
                self._refuse(listed(beyond))

    def _refuse(self, sentences: list[str]) -> None:
        self.add_error("webvtt" if self.found.text else "file", [ValidationError(words) for words in sentences])


class PartPageForm(PublishWishForm):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        video = cleaned.get("video")
        seconds = video.duration if video else None
        self._check_credits(seconds)
        if "captions" in self.formsets:
            self._check_captions(seconds)
        if "chapters" in self.formsets:
            self._check_chapters(seconds)
        return cleaned

    def _check_credits(self, seconds: float | None) -> None:
        """At 0:00 nothing would be left to watch, and beyond its end the mark would silently count for nothing."""
        start = self.cleaned_data.get("credits_start")
        if start == 0:
            self.add_error("credits_start", _("Nothing would be left to watch: leave the field empty for no credits."))
        elif start and seconds and start >= seconds:
            words = _("The video ends at %(end)s: its credits have to begin before.")
            self.add_error("credits_start", words % {"end": show_time(seconds * 1000)})

    def _check_captions(self, seconds: float | None) -> None:
        languages: set[str] = set()
        for form in self._filled("captions"):
            language = form.cleaned_data.get("language", "").lower()
            if language and language in languages:
                form.add_error("language", _("There are captions in this language already."))
            languages.add(language)
            if seconds:
                form.check_length(seconds)

    def _check_chapters(self, seconds: float | None) -> None:
        """Chapters are kept in the order of their times, wherever their rows stand."""
        timed = [form for form in self._filled("chapters") if form.cleaned_data.get("start") is not None]
        timed.sort(key=lambda form: form.cleaned_data["start"])
        before = None
        for place, form in enumerate(timed, start=1):
            start = form.cleaned_data["start"]
            form.cleaned_data[ORDERING_FIELD_NAME] = place
            if start == before:
                form.add_error("start", _("Another chapter starts at this time."))
            if seconds and start >= seconds:
                words = _("The video ends at %(end)s: a chapter has to start before.")
                form.add_error("start", words % {"end": show_time(seconds * 1000)})
            before = start

    def _filled(self, name: str) -> Iterator[Any]:
        """The rows that will be stored, each of them cleaned."""
        formset = self.formsets[name]
        for form in formset.forms:
            form.is_valid()
            if hasattr(form, "cleaned_data") and not formset._should_delete_form(form) and self._is_used(form):
                yield form

    def _is_used(self, form: Any) -> bool:
        return bool(form.has_changed() or form.instance.pk)
