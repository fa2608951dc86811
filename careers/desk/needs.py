"""What readers ask of the person at the desk."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from careers.models import Feedback
from home.desk.needs import SHOWN, Line, Need
from home.desk.times import ago

LONGEST = 140


def unanswered(person: Any) -> Need | None:
    """What readers wrote and nobody has answered or resolved; a bare “helpful” asks for nothing."""
    if not person.has_perm("careers.change_feedback"):
        return None
    waiting = Feedback.objects.filter(resolved_at=None, answer="").exclude(sentence="")
    rows = list(waiting.select_related("page", "person").order_by("helpful", "-created_at", "-pk")[:SHOWN])
    lines = [
        Line(
            title=_("“%(sentence)s”") % {"sentence": Truncator(row.sentence).chars(LONGEST)},
            words=_("About “%(page)s”, %(when)s.") % {"page": row.page.title, "when": ago(row.created_at)}
            if row.helpful
            else _("It did not help. About “%(page)s”, %(when)s.")
            % {"page": row.page.title, "when": ago(row.created_at)},
            address=reverse("careers_feedback", args=[row.pk]),
            action=_("Answer"),
            urgent=not row.helpful,
        )
        for row in rows
    ]
    total = len(rows) if len(rows) < SHOWN else waiting.count()
    address = f"{reverse('careers_feedback_report')}?state=open"
    return Need(_("Readers wait for an answer"), lines, icon="comment", total=total, address=address)
