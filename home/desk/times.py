"""Times in sentences of the desk, in the time zone of whoever reads them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _


def ago(moment: datetime | None) -> str:
    """today at 14:08, yesterday at 14:08, on 3 November, on 3 November 2025; for what is past."""
    if moment is None:
        return _("some time ago")
    local, now = timezone.localtime(moment), timezone.localtime()
    at = time_format(local, "H:i")
    if local.date() == now.date():
        return _("today at %(time)s") % {"time": at}
    if local.date() == now.date() - timedelta(days=1):
        return _("yesterday at %(time)s") % {"time": at}
    return _("on %(day)s") % {
        "day": date_format(local, "MONTH_DAY_FORMAT" if local.year == now.year else "DATE_FORMAT")
    }


def coming(moment: datetime) -> str:
    """today at 14:08, tomorrow at 14:08, on Monday 30 November at 14:08; for what is to come."""
    local, today = timezone.localtime(moment), timezone.localdate()
    at = time_format(local, "H:i")
    if local.date() == today:
        return _("today at %(time)s") % {"time": at}
    if local.date() == today + timedelta(days=1):
        return _("tomorrow at %(time)s") % {"time": at}
    return _("on %(day)s at %(time)s") % {"day": date_format(local, "WEEKDAY_DAY_FORMAT"), "time": at}
