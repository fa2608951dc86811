"""What a list of mails shows of this one: subject and preheader; and the headline."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from digests.rendering.items import Item
from home.templatetags.portal_tags import minutes

LONGEST_SUBJECT = 150
LONGEST_TITLE_IN_SUBJECT = 110
#: Characters after the subject that the widest list shows.
LONGEST_PREHEADER = 150


def subject_of(items: Sequence[Item]) -> str:
    """Name the first item and count the others."""
    first, *others = items
    title = Truncator(first.title).chars(LONGEST_TITLE_IN_SUBJECT)
    if not others:
        return title
    more = ngettext("and %(count)d more", "and %(count)d more", len(others)) % {"count": len(others)}
    return f"{title} {more}"[:LONGEST_SUBJECT]


def preheader_of(items: Sequence[Item]) -> str:
    """The other titles, else the summary."""
    first, *others = items
    words = " · ".join(item.title for item in others) or first.summary
    return Truncator(words).chars(LONGEST_PREHEADER)


def headline_of(items: Sequence[Item], *, areas_only: bool) -> str:
    """`areas_only`: no part of a followed masterclass is among them."""
    number = len(items)
    if not areas_only:
        return ngettext("One new thing for you", "%(count)d new things for you", number) % {"count": number}
    return ngettext("One new thing in your areas", "%(count)d new things in your areas", number) % {"count": number}


def minutes_of(items: Sequence[Item]) -> str:
    total = sum(item.minutes for item in items)
    return _("about %(time)s in all") % {"time": minutes(total)} if total and len(items) > 1 else ""
