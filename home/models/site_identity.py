"""What an owner sets about the site without code."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting


@register_setting(icon="site")
class SiteIdentity(BaseSiteSetting):
    name = models.CharField(_("name"), max_length=60, default="Career Portal")
    strapline = models.CharField(
        _("strapline"),
        max_length=140,
        blank=True,
        help_text=_("One line under the name, in the footer and in search results."),
    )
    logo = models.ForeignKey(
        "home.CustomImage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("logo"),
    )
    contact_email = models.EmailField(_("contact address"), blank=True, help_text=_("Shown in the footer and in mail."))

    panels = [FieldPanel("name"), FieldPanel("strapline"), FieldPanel("logo"), FieldPanel("contact_email")]

    class Meta:
        verbose_name = _("site identity")
        verbose_name_plural = _("site identities")
