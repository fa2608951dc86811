"""A link to another place of the community."""

from __future__ import annotations

from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class LinkElsewhereBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("Name"), max_length=40, help_text=_("As people call it: LinkedIn, Mastodon."))
    url = blocks.URLBlock(label=_("Address"), validators=[URLValidator(schemes=["https", "http"])])

    class Meta:
        icon = "link"
        label = _("Link")
