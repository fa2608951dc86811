"""What every mail says of the portal, without a request to take it from."""

from __future__ import annotations

from django import template
from django.conf import settings
from django.urls import reverse

from jobs.naming import portal_name

register = template.Library()
register.simple_tag(portal_name)


@register.simple_tag
def portal_url() -> str:
    return settings.BASE_URL


@register.simple_tag
def home_address() -> str:
    """The path of the front page in the language of the mail."""
    return reverse("wagtail_serve", args=[""])
