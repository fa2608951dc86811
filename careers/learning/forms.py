"""What a person writes about a page: words, and the place that they are about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from careers.learning.clock_field import ClockField
from careers.learning.passages import Passage
from home.models import ContentKind, ContentPage
from home.templatetags.portal_tags import clock

NOTE_LENGTH = 4000


class TextForm(forms.Form):
    text = forms.CharField(
        label=_("Your note"),
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Write something first."),
            "max_length": _("A note has at most %(limit_value)d characters; this one has %(show_value)d."),
        },
    )

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"].replace("\x00", "").strip()
        if not text:
            raise ValidationError(_("Write something first."))
        return text


class NoteForm(TextForm):
    """On a part it asks for a time, on an article for a passage, elsewhere for neither."""

    field_order = ("at", "passage", "text")

    def __init__(self, *args: Any, page: ContentPage, passages: Sequence[Passage] = (), **kwargs: Any) -> None:
        super().__init__(*args, **({"auto_id": "note_%s"} | kwargs))
        self.page = page
        self.passages = {passage.anchor: passage for passage in passages}
        if page.kind == ContentKind.PART:
            self.fields["at"] = ClockField(label=_("At"), required=False, max_length=8)
            self.fields["at"].widget.attrs |= {"size": 8, "autocomplete": "off", "placeholder": "12:40"}
        if self.passages:
            choices: list[tuple[str, Any]] = [("", _("The whole article"))]
            choices += [(key, Truncator(passage.label).chars(90)) for key, passage in self.passages.items()]
            self.fields["passage"] = forms.ChoiceField(label=_("About"), required=False, choices=choices)
        self.order_fields(self.field_order)

    def clean_at(self) -> int | None:
        """The length in whole minutes is what is known of every part."""
        seconds: int | None = self.cleaned_data["at"]
        longest = self.page.minutes * 60
        if seconds is not None and longest and seconds > longest:
            raise ValidationError(_("The recording ends before %(end)s."), params={"end": clock(longest)})
        return seconds

    @property
    def place(self) -> dict[str, Any]:
        """What `write_note` wants to know."""
        passage = self.passages.get(self.cleaned_data.get("passage", ""))
        return {"seconds": self.cleaned_data.get("at"), "passage": passage}
