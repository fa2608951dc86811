"""Blocks that lead somewhere: downloads and calls to action."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock

from home.validators import web_address


class DownloadBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("Document"))
    description = blocks.CharBlock(label=_("What it is for"), required=False, max_length=250)

    class Meta:
        icon = "download"
        label = _("Download")
        template = "blocks/download.html"


class CallToActionBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = blocks.CharBlock(label=_("Text"), required=False, max_length=300)
    label = blocks.CharBlock(label=_("Words on the button"), max_length=40)
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    url = blocks.URLBlock(
        label=_("or address"),
        required=False,
        validators=[web_address],
        help_text=_("For example: https://example.org/"),
    )

    class Meta:
        icon = "redirect"
        label = _("Call to action")
        template = "blocks/call_to_action.html"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if not self.is_deferred_validation and bool(cleaned["page"]) == bool(cleaned["url"]):
            message = ValidationError(_("Choose a page or give an address, one of the two."))
            raise StructBlockValidationError({"page": message})
        return cleaned
