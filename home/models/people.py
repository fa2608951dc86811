"""People who write and present."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from home.validators import web_address


class Person(index.Indexed, models.Model):
    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("slug"), max_length=120, unique=True, help_text=_("The person's address: /people/slug/"))
    role = models.CharField(_("role"), max_length=120, blank=True, help_text=_("For example: Portfolio office lead"))
    organisation = models.CharField(
        _("organisation"), max_length=120, blank=True, help_text=_("Where they do that, if they want it said.")
    )
    bio = models.TextField(_("about"), blank=True, help_text=_("A paragraph or two; an empty line begins a new one."))
    photo = models.ForeignKey(
        "home.CustomImage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("photo"),
        help_text=_("A face; square is best. Without one, the initials are shown."),
    )
    website = models.URLField(_("website"), blank=True, validators=[web_address], help_text=_("Begins with https://"))

    panels = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("role"),
        FieldPanel("organisation"),
        FieldPanel("bio"),
        FieldPanel("photo"),
        FieldPanel("website"),
    ]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name"), index.SearchField("bio")]

    class Meta:
        ordering = ("name",)
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("person", args=[self.slug])
