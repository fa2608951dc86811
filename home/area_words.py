"""What an area is called in each language beside the default one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

LONGEST = {"title": 80, "summary": 250, "intro": 2000}
LABELS = {"title": _("title"), "summary": _("summary"), "intro": _("introduction")}


@dataclass(frozen=True)
class AreaWords:
    title: str
    summary: str
    intro: str


def further_languages() -> list[tuple[str, str]]:
    return [(code, name) for code, name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


def _fields() -> Iterator[tuple[str, forms.CharField]]:
    for code, _name in further_languages():
        for name, longest in LONGEST.items():
            widget = forms.TextInput if name == "title" else forms.Textarea(attrs={"rows": 3})
            field = forms.CharField(label=LABELS[name], max_length=longest, required=False, widget=widget)
            yield f"{name}_{code}", field


class WordsForm(WagtailAdminModelForm):
    """Keeps the words of each further language in the one column `words`; what is empty stays in the default one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, words in (self.instance.words or {}).items():
            self.initial |= {f"{name}_{code}": text for name, text in words.items()}

    def save(self, commit: bool = True) -> Any:
        known = dict(self.instance.words or {})
        for code, _name in further_languages():
            given = {name: self.cleaned_data.get(f"{name}_{code}", "") for name in LONGEST}
            known[code] = {name: text for name, text in given.items() if text}
        self.instance.words = {code: words for code, words in known.items() if words}
        return super().save(commit)


AreaForm: Any = type("AreaForm", (WordsForm,), dict(_fields()))


def panels() -> list[MultiFieldPanel]:
    """A panel for each further language, headed by its name in its own words."""
    return [
        MultiFieldPanel([FieldPanel(f"{name}_{code}") for name in LONGEST], heading=title)
        for code, title in further_languages()
    ]
