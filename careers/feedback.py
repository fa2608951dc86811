"""What readers say of a page, and what editors do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from careers.models import Feedback
from home.models import ContentPage
from jobs.mail import absolute, render_mail, send_mail_later
from jobs.notices import notify
from jobs.speaking import speaking_to

if TYPE_CHECKING:
    from accounts.models import User

#: The actions in Wagtail's log, where every change of mind is kept.
ANSWERED, RESOLVED, REOPENED = "careers.answer_feedback", "careers.resolve_feedback", "careers.reopen_feedback"


def give_feedback(
    *, page: ContentPage, helpful: bool, sentence: str | None, person: User | None, browser_key: str = ""
) -> Feedback:
    """Record an answer to “Was this helpful?”; a later one of the same person or browser takes its place.

    Without a person, `browser_key` tells who it is. A `sentence` of None leaves what was written before. What was
    resolved is open again.
    """
    who = {"person": person} if person else {"browser_key": browser_key}
    given: dict[str, Any] = {
        "helpful": helpful,
        "created_at": timezone.now(),
        "resolved_at": None,
        "resolved_by": None,
    }
    if sentence is not None:
        given["sentence"] = sentence
    feedback, _created = Feedback.objects.update_or_create(page_id=page.pk, **who, defaults=given)
    return feedback


@transaction.atomic
def answer_feedback(*, feedback: Feedback, answer: str, editor: User) -> None:
    """Store the answer and tell the person, once; a correction of the answer tells nobody again."""
    now = timezone.now()
    Feedback.objects.filter(pk=feedback.pk).update(answer=answer, answered_at=now, answered_by=editor)
    feedback.refresh_from_db()
    log(instance=feedback, action=ANSWERED, user=editor)
    if feedback.person and feedback.person.is_active:
        _tell(feedback, feedback.person)


@transaction.atomic
def resolve_feedback(*, feedback: Feedback, editor: User) -> bool:
    """Close it, and say whether it was open."""
    still_open = Feedback.objects.filter(pk=feedback.pk, resolved_at=None)
    changed = still_open.update(resolved_at=timezone.now(), resolved_by=editor)
    if changed:
        log(instance=feedback, action=RESOLVED, user=editor)
    return bool(changed)


@transaction.atomic
def reopen_feedback(*, feedback: Feedback, editor: User) -> bool:
    """Open it again, and say whether it was closed."""
    closed = Feedback.objects.filter(pk=feedback.pk, resolved_at__isnull=False)
    changed = closed.update(resolved_at=None, resolved_by=None)
    if changed:
        log(instance=feedback, action=REOPENED, user=editor)
    return bool(changed)


def _tell(feedback: Feedback, person: User) -> None:
    """Once for each time that the person wrote. The admin's notices are no place for somebody who never goes there."""
    in_admin = person.has_perm("wagtailadmin.access_admin")
    with speaking_to(person):
        url = reverse("careers:feedback", args=[feedback.page_id])
        title = _("An answer to what you said of “%(title)s”") % {"title": feedback.page.title}
    notice = notify(
        subject=feedback,
        event=f"answer {feedback.created_at.timestamp()}",
        recipient=person,
        title=title,
        message=feedback.answer,
        url=url,
        by_mail=in_admin,
    )
    if notice and not in_admin and person.email:
        context = {"feedback": feedback, "name": person.get_short_name(), "link": absolute(url), "subject": title}
        with speaking_to(person):
            text, html = render_mail("feedback_answer", context)
        send_mail_later(recipient=person.email, subject=title, text=text, html=html)
