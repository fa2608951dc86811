"""What the editor of a part sees of its video."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import InlinePanel, Panel
from wagtail.admin.panels.base import get_form_for_model

from masterclasses.captions.report import reports_of
from masterclasses.part_forms import PartCaptionsForm


class VideoStatePanel(Panel):
    """Read-only: the state of the chosen video, filled and kept fresh by `video-state.js`."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "masterclasses/admin/part_video_panel.html"

        def is_shown(self) -> bool:
            return bool(self.instance.video_id)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            video = self.instance.video
            wishes = apps.get_model("masterclasses", "PublishWish").objects.open().filter(part=self.instance.pk)
            return context | {
                "video": video,
                "edit_url": reverse("wagtailmedia:edit", args=[video.pk]),
                "wish": wishes.select_related("person").first(),
            }


class CaptionsPanel(InlinePanel):
    """Captions with a file field each, checked by a form of their own."""

    def get_form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_form_options()
        options["formsets"][self.relation_name]["form"] = get_form_for_model(
            self.db_field.related_model,
            form_class=PartCaptionsForm,
            defer_required_on_fields=["webvtt"],
        )
        return options


class CaptionsReportPanel(Panel):
    """Read-only: what could be better about the captions as they were last saved."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "masterclasses/admin/captions_report.html"

        def is_shown(self) -> bool:
            return bool(self.instance.video_id or self.instance.captions.all())

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            video = self.instance.video
            return context | {"reports": reports_of(self.instance.captions.all(), video.duration if video else None)}


class ChaptersPastePanel(Panel):
    """A box that turns lines like “2:05 Reading an offer” into chapters above it (`chapters-paste.js`)."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"heading": _("Many chapters at once"), **kwargs})

    class BoundPanel(Panel.BoundPanel):
        template_name = "masterclasses/admin/chapters_paste.html"
