"""Words, blocks and forms that the style page shows."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.utils import ErrorList

LONG_TITLE = (
    "What a project office of one can learn from an office of forty about writing things down so briefly that "
    "somebody reads them"
)
SUMMARY = "Two sentences that make one want to read on. They are as long as an editor's are on an ordinary Tuesday."

BODY: list[dict[str, Any]] = [
    {"type": "rich_text", "value": "<p>Plain words with <b>weight</b>, <i>slant</i> and <a href='/'>a link</a>.</p>"},
    {"type": "heading", "value": {"text": "Words", "level": "h2"}},
    {"type": "rich_text", "value": "<ul><li>A point</li><li>Another</li></ul><ol><li>First</li><li>Then</li></ol>"},
    {"type": "quote", "value": {"text": "I thought it was only me.", "attribution": "Somebody, at the end"}},
    {
        "type": "quote",
        "value": {
            "text": "Nobody reads a report twice.\nSo the sentence that matters goes first, and the one after it says "
            "what you want the reader to do by Friday.",
            "attribution": "",
        },
    },
    {"type": "callout", "value": {"style": "tip", "title": "Say it aloud", "text": "<p>Once, before you need it.</p>"}},
    {"type": "callout", "value": {"style": "warning", "title": "", "text": "<p>Not on a Friday afternoon.</p>"}},
    {"type": "key_points", "value": {"title": "Key points", "points": ["Ask one question.", "Then ask a second."]}},
    {"type": "heading", "value": {"text": "Things to see", "level": "h3"}},
    {
        "type": "table",
        "value": {
            "caption": "Two offers, side by side",
            "source": "worked example",
            "table": {
                "columns": [{"type": "text", "heading": "Offer"}, {"type": "number", "heading": "A year, £"}],
                "rows": [{"values": ["Permanent", "46000"]}, {"values": ["Contract", "61200.50"]}],
                "caption": "",
            },
        },
    },
    {
        "type": "call_to_action",
        "value": {
            "title": "Come to an evening",
            "text": "There is soup.",
            "label": "See the dates",
            "page": None,
            "url": "https://example.org/",
        },
    },
]

#: The same parts in each theme and direction; words in Arabic, for what stands at the end of a line changes sides.
CORNERS = [
    {"theme": theme, "dir": direction, "language": language, "title": title, "text": text, "label": label}
    for theme in ("light", "dark")
    for direction, language, title, text, label in (
        ("ltr", "en", "A room that you may leave", "Once, before you need it, say the sentence aloud.", "Begin"),
        ("rtl", "ar", "غرفة يمكنك مغادرتها", "قل الجملة بصوت عالٍ مرة واحدة قبل أن تحتاج إليها.", "ابدأ"),
    )
]

WRONG_FORM = {"email": "nobody", "rhythm": "hourly", "areas": []}


class StillErrors(ErrorList):
    """Errors that do not take the focus, or the style page would always open at the wrong form."""

    still = True

    def get_context(self) -> dict[str, Any]:
        return super().get_context() | {"still": True}


class SampleForm(forms.Form):
    """Every kind of field that the portal's forms have."""

    email = forms.EmailField(label="E-mail address", help_text="We send one mail first, to be sure it is yours.")
    rhythm = forms.ChoiceField(label="How often", choices=[("daily", "Daily"), ("weekly", "Weekly")])
    areas = forms.MultipleChoiceField(
        label="Areas",
        help_text="What you would like to hear about.",
        choices=[("one", "The marketplace"), ("two", "Networking")],
        widget=forms.CheckboxSelectMultiple,
    )
    about = forms.CharField(label="About you", widget=forms.Textarea, required=False)
    agree = forms.BooleanField(label="I have read the house rules", help_text="They are short.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            self.add_error(None, "Nothing was sent yet: please look at the fields below.")
        return cleaned
