"""Blocks that show something: images, tables, embeds and masterclass parts."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.images.blocks import ImageBlock as WagtailImageBlock

from home.embeds import recognise


class ImageBlock(blocks.StructBlock):
    image = WagtailImageBlock(label=_("Image"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=250)

    class Meta:
        icon = "image"
        label = _("Image")
        template = "blocks/image.html"


class TableBlock(blocks.StructBlock):
    caption = blocks.CharBlock(
        label=_("Caption"), max_length=250, help_text=_("What the table shows, in one sentence.")
    )
    table = TypedTableBlock(
        [
            ("text", blocks.CharBlock(label=_("Text"), required=False)),
            ("number", blocks.DecimalBlock(label=_("Number"), required=False)),
        ],
        label=_("Table"),
    )
    source = blocks.CharBlock(label=_("Source"), required=False, max_length=250)

    class Meta:
        icon = "table"
        label = _("Table")
        template = "blocks/table.html"


class VideoAddressBlock(blocks.URLBlock):
    """The address of a video on an allowed site, judged without asking that site."""

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if cleaned and recognise(cleaned) is None:
            raise ValidationError(
                _("This address cannot be embedded: use that of one YouTube or Vimeo video, as your browser shows it.")
            )
        return cleaned


class EmbedBlock(blocks.StructBlock):
    """A video elsewhere; the template finds it as `player` (`home.embeds.Player`, or None for an address of old)."""

    video = VideoAddressBlock(label=_("Address"), help_text=_("The address of a YouTube or Vimeo video."))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=250)

    class Meta:
        icon = "media"
        label = _("Embed")
        template = "blocks/embed.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        return super().get_context(value, parent_context) | {"player": recognise(value["video"] or "")}


class PartBlock(blocks.StructBlock):
    page = blocks.PageChooserBlock(label=_("Masterclass part"), page_type="masterclasses.PartPage")
    note = blocks.CharBlock(label=_("Why watch it"), required=False, max_length=250)

    class Meta:
        icon = "media"
        label = _("Masterclass part")
        template = "blocks/part.html"
