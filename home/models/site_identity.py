"""What an owner sets about the site without code."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import StreamField

from home.blocks.links import LinkElsewhereBlock
from home.look import owners_colour, stylesheet
from home.look.fonts import FontPair
from home.panels import LookPanel


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
        help_text=_("A PNG, JPEG, WebP or AVIF picture, at least 120 pixels high. Shown beside the name."),
    )
    colour = models.CharField(
        _("colour"),
        max_length=40,
        blank=True,
        help_text=_(
            "A colour such as #1f6f54, or a hue from 0 to 360. Its hue is taken; how light and how dark it gets is "
            "ours, so that everything can be read. Empty for the portal's own."
        ),
    )
    fonts = models.CharField(_("fonts"), max_length=10, choices=FontPair.choices, default=FontPair.BOOK)
    contact_email = models.EmailField(_("contact address"), blank=True, help_text=_("Shown in the footer and in mail."))
    links = StreamField(
        [("link", LinkElsewhereBlock())],
        blank=True,
        max_num=8,
        verbose_name=_("elsewhere"),
        help_text=_("Where else the community meets: shown in the footer."),
    )

    panels = [
        MultiFieldPanel([FieldPanel("name"), FieldPanel("strapline"), FieldPanel("logo")], heading=_("Who you are")),
        MultiFieldPanel([FieldPanel("colour"), FieldPanel("fonts"), LookPanel()], heading=_("How it looks")),
        MultiFieldPanel([FieldPanel("contact_email"), FieldPanel("links")], heading=_("Where to find you")),
    ]

    class Meta:
        verbose_name = _("site identity")
        verbose_name_plural = _("site identities")

    def clean(self) -> None:
        super().clean()
        if self.colour:
            try:
                owners_colour.check(self.colour)
            except ValidationError as problem:
                raise ValidationError({"colour": problem}) from problem
        if self.logo and self.logo.is_svg():
            raise ValidationError({"logo": _("An SVG can carry scripts. Choose a PNG, JPEG, WebP or AVIF picture.")})

    @property
    def base(self) -> float:
        """The hue of the site, in degrees of OKLCH."""
        return owners_colour.base_of(self.colour)

    @property
    def stylesheet(self) -> str:
        """The address of the stylesheet."""
        return stylesheet.address(base=self.base, fonts=self.fonts)
