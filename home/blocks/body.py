"""The body of articles and plain pages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from home.blocks.actions import CallToActionBlock, DownloadBlock
from home.blocks.media import EmbedBlock, ImageBlock, PartBlock, TableBlock
from home.blocks.text import CalloutBlock, HeadingBlock, KeyPointsBlock, QuoteBlock, TextBlock


class BodyBlock(blocks.StreamBlock):
    rich_text = TextBlock(group=_("Words"))
    heading = HeadingBlock(group=_("Words"))
    quote = QuoteBlock(group=_("Words"))
    callout = CalloutBlock(group=_("Words"))
    key_points = KeyPointsBlock(group=_("Words"))
    image = ImageBlock(group=_("Things to see"))
    table = TableBlock(group=_("Things to see"))
    embed = EmbedBlock(group=_("Things to see"))
    part = PartBlock(group=_("Things to see"))
    download = DownloadBlock(group=_("Ways on"))
    call_to_action = CallToActionBlock(group=_("Ways on"))
