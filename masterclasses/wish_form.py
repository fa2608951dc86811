"""What the editor's form for a part asks about publishing it when its video is ready."""

from __future__ import annotations

from typing import Any

from django import forms
from django.apps import apps
from django.utils.translation import gettext_lazy as _

from careers.forms import ContentForm

MISSING = _("This is needed before the page can be published by itself.")


class PublishWishForm(ContentForm):
    publish_when_ready = forms.BooleanField(
        label=_("Publish when the video is ready"),
        required=False,
        help_text=_(
            "Saves you from coming back: this draft is published as soon as its video can be watched. "
            "Untick it, publish or unpublish before, and nothing happens."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields.get("publish_when_ready")
        if field is None:
            return
        if not self._may_publish():
            del self.fields["publish_when_ready"]
        elif self.instance.pk:
            wishes = apps.get_model("masterclasses", "PublishWish").objects.open()
            field.initial = wishes.filter(part=self.instance.pk).exists()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        self.instance.asked_to_publish = cleaned.get("publish_when_ready")
        if cleaned.get("publish_when_ready"):
            for name in self.deferred_required_fields:
                if not cleaned.get(name):
                    self.add_error(name, MISSING)
            if not cleaned.get("video"):
                self.add_error("video", _("Choose the video that the page is to wait for."))
        return cleaned

    def _may_publish(self) -> bool:
        if self.for_user is None:
            return False
        if self.instance.pk:
            return bool(self.instance.permissions_for_user(self.for_user).can_publish())
        return bool(self.parent_page and self.parent_page.permissions_for_user(self.for_user).can_publish_subpage())
