"""What the site has decided about its digests, without code."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting


@register_setting(icon="mail")
class DigestSettings(BaseGenericSetting):
    needs_approval = models.BooleanField(
        _("editions need approval"),
        default=False,
        help_text=_(
            "Digests go at their hour in any case. Without approval they go as they were put together: without note, "
            "pins and order, but what was left out stays out."
        ),
    )
    archive_in_search = models.BooleanField(
        _("search engines may list past editions"),
        default=False,
        help_text=_("Past editions can be read by anybody. Unticked, search engines are asked to leave them alone."),
    )

    counts_clicks = models.BooleanField(
        _("count clicks in mails"),
        default=False,
        help_text=_(
            "How often each page of an edition was opened from its mails, in sum: links then go by the portal, the "
            "same for every reader, and nothing is kept of who followed them. Mail scanners click too."
        ),
    )

    panels = [FieldPanel("needs_approval"), FieldPanel("archive_in_search"), FieldPanel("counts_clicks")]

    class Meta:
        verbose_name = _("digest")
        verbose_name_plural = _("digest settings")
