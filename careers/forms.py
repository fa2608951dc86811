"""What editors are told when a page is not ready, and the reader's answer to “Was this helpful?”."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorList
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.blocks.stream_block import StreamBlockValidationError

from careers.paths.ordering import lint_order

SENTENCE_LENGTH = 500


class ContentForm(WagtailAdminPageForm):
    """Says what is missing and what it is for, beside the field."""

    required_messages: ClassVar[dict[str, Any]] = {
        "summary": _("Write a summary: it is what readers see on cards, in the digest and in search."),
        "areas": _("Choose at least one area, or readers will not find this page."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, message in self.required_messages.items():
            if name in self.fields:
                self.fields[name].error_messages["required"] = message


class ArticleForm(ContentForm):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "body" in self.errors and not self.data.get("body-count", "0").strip("0"):
            missing = StreamBlockValidationError(
                non_block_errors=ErrorList([gettext("Write the article: add at least one block of text.")])
            )
            del self.errors["body"]
            self.add_error("body", missing)
        return cleaned


class LearningPathForm(ContentForm):
    """Refuses a path without steps, without a required step, or with a page twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if stages := self.formsets.get("stages"):
            stages.error_messages["too_few_forms"] = _("A learning path needs at least one stage with a step.")
            for stage in stages.forms:
                stage.formsets["steps"].error_messages["too_few_forms"] = _("A stage needs at least one step.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        stages, steps = self.stages(), self.steps()
        settle_keys([stage.instance for stage in stages])
        refuse_emptied_steps(steps)
        refuse_repeated_pages(steps)
        if steps and not self.is_deferred_validation:
            ask_for_a_required_step(steps)
            refuse_circles(stages)
        return cleaned

    def stages(self) -> list[Any]:
        return in_order(self.formsets["stages"]) if "stages" in self.formsets else []

    def steps(self) -> list[Any]:
        """Return the forms of all steps that stay in the path, in the order of the page."""
        return [step for stage in self.stages() for step in in_order(stage.formsets["steps"])]


def in_order(formset: Any) -> list[Any]:
    """Return the forms of a formset that are filled in and not deleted, as the editor ordered them."""
    formset.is_valid()
    kept = [form for form in formset.forms if hasattr(form, "cleaned_data") and not form.cleaned_data.get("DELETE")]
    filled = [form for form in kept if form.has_changed() or form.instance.pk]
    return sorted(filled, key=lambda form: form.cleaned_data.get("ORDER") or 0)


def settle_keys(stages: list[Any]) -> None:
    """Give each stage a key of its own; forget stages that were to come first and are not there any more."""
    taken: set[str] = set()
    for stage in stages:
        if stage.key in taken:
            stage.key = stage.new_key()
        taken.add(stage.key)
    for stage in stages:
        stage.after = [key for key in dict.fromkeys(stage.after) if key in taken and key != stage.key]


def refuse_circles(stages: list[Any]) -> None:
    """Of what the path check finds, only locks that wait for one another can never work."""
    for finding in lint_order([stage.instance for stage in stages]):
        if finding.refuses and finding.stage is not None:
            stages[finding.stage].add_error(finding.field, finding.sentence)


def refuse_emptied_steps(steps: list[Any]) -> None:
    """A step whose page was deleted may wait for a decision; one that is emptied here is a mistake."""
    for step in steps:
        if step.initial.get("page") and not step.cleaned_data.get("page") and "page" not in step.errors:
            step.add_error("page", _("Choose a page, or remove this step."))


def refuse_repeated_pages(steps: list[Any]) -> None:
    seen: set[int] = set()
    for step in steps:
        page = step.cleaned_data.get("page")
        if page and page.pk in seen:
            message = _("“%(title)s” is already a step of this path.")
            step.add_error("page", ValidationError(message, params={"title": page.title}))
        elif page:
            seen.add(page.pk)


def ask_for_a_required_step(steps: list[Any]) -> None:
    if not any(step.cleaned_data.get("required") for step in steps):
        steps[0].add_error("required", _("Make at least one step required: only those count towards completion."))


class FeedbackForm(forms.Form):
    helpful = forms.TypedChoiceField(
        label=_("Was this helpful?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no.")},
    )
    sentence = forms.CharField(
        label=_("Anything to add? (optional)"),
        required=False,
        max_length=SENTENCE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("Your answer"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write a sentence or two, or resolve it without an answer.")},
    )
