"""Times as people say them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django import template
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def ago(then: datetime, now: datetime) -> str:
    return _("%s ago") % span(now - then)


@register.filter
def ahead(then: datetime, now: datetime) -> str:
    """For a time that is still to come; what is due already is due now."""
    return _("in %s") % span(then - now) if then > now else _("now")


@register.filter
def span(length: timedelta) -> str:
    """A length of time in its largest unit: 45 s, 12 min, 5 h, 3 days."""
    seconds = max(int(length.total_seconds()), 0)
    if seconds < 90:
        return _("%d s") % seconds
    if seconds < 90 * 60:
        return _("%d min") % round(seconds / 60)
    if seconds < 48 * 3600:
        return _("%d h") % round(seconds / 3600)
    return _("%d days") % round(seconds / 86400)
