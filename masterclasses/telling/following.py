"""Following a masterclass: who does, which part is new, and the one mail about it."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from jobs.actions import claim_next, finish
from jobs.delivery import hand_over
from jobs.mail import absolute, inline_styles, render_mail
from jobs.models import Mail
from jobs.naming import portal_name
from jobs.registry import kind_of
from jobs.running import Heartbeat, run_claimed
from jobs.speaking import speaking_to
from jobs.wakeups import wake, wake_after_commit
from masterclasses.models import Follow, MasterclassPage, PartNews, PartPage, Premiere
from masterclasses.telling.audience import may_see

#: Followers that are looked at in one transaction.
CHUNK = 200
#: Mails that one task sends before it lets other work have the worker.
AT_ONCE = 200


def follow(*, person: Any, masterclass: MasterclassPage) -> Follow:
    row, _is_new = Follow.objects.get_or_create(person=person, masterclass=masterclass)
    return row


def unfollow(*, person: Any, masterclass_id: int) -> bool:
    """Stop following and return whether it was followed; what was already told stays told."""
    deleted, _rows = Follow.objects.filter(person=person, masterclass=masterclass_id).delete()
    return bool(deleted)


def followed_by(person: Any) -> QuerySet[Follow]:
    """The masterclasses that a person follows and that anybody may see, with their pages."""
    visible = MasterclassPage.objects.visible().order_by().values("pk")
    return Follow.objects.filter(person=person, masterclass__in=visible).select_related("masterclass").order_by("-pk")


def note_premieres(parts: Any) -> None:
    """Remember, once for ever, which of the parts (a query set) are out: live, with a video that can be watched."""
    out = parts.live().exclude(video__published=None).exclude(video=None)
    for part in out.exclude(pk__in=Premiere.objects.values("part")):
        row, is_new = Premiere.objects.get_or_create(part=part)
        if is_new:
            wake_after_commit(row)


def tell_followers(premiere: Premiere) -> None:
    """Make a mail for everybody who followed before the part came out and may see it. May be repeated at any point."""
    part, beat, last = premiere.part, Heartbeat(premiere), 0
    followers = _followers(premiere, part).order_by("pk").values_list("pk", flat=True)
    while people := list(followers.filter(pk__gt=last)[:CHUNK]):
        with transaction.atomic():
            PartNews.objects.bulk_create([PartNews(part=part, person_id=pk) for pk in people], ignore_conflicts=True)
            transaction.on_commit(partial(wake_senders, len(people)), robust=True)
        last = people[-1]
        beat()


def wake_senders(due: int) -> None:
    """Wake `mail-bulk` once for every chunk of due rows."""
    kind = kind_of(PartNews)
    for _each in range(-(-due // kind.chunk)):
        if not wake(kind):
            return


def send_due() -> bool:
    """Send what is due, up to a bound; return whether more may be left."""
    for _each in range(AT_ONCE):
        row = claim_next(PartNews)
        if row is None:
            return False
        run_claimed(row, send)
    return True


def send(news: PartNews) -> None:
    """Deliver one mail, unless things have changed since it was made. Raises LeaseLost."""
    part = PartPage.objects.live().filter(pk=news.part_id).first()
    found = Follow.objects.filter(person=news.person, masterclass__in=_series_of(news.part).values("pk")).first()
    if found is None:
        finish(news, reason=_("The person does not follow the masterclass any more."))
    elif part is None or not may_see(part).filter(pk=news.person_id).exists():
        finish(news, reason=_("The part is not to be seen by this person at the moment."))
    else:
        hand_over(_mail(news, part, found), row=news)


def _followers(premiere: Premiere, part: PartPage) -> QuerySet[Any]:
    follows = Follow.objects.filter(
        person=OuterRef("pk"), masterclass__in=_series_of(part).values("pk"), created_at__lt=premiere.created_at
    )
    return may_see(part).filter(Exists(follows))


def _series_of(part: PartPage) -> QuerySet[MasterclassPage]:
    return MasterclassPage.objects.parent_of(part).order_by()


def _mail(news: PartNews, part: PartPage, found: Follow) -> Mail:
    with speaking_to(news.person):
        stop = absolute(reverse("masterclasses:stop_following", args=[found.key]))
        series = found.masterclass
        subject = _("New in “%(series)s”: %(part)s") % {"series": series.title, "part": part.title}
        context = {
            "subject": subject,
            "name": news.person.get_short_name(),
            "part": part,
            "series": series,
            "link": part.full_url or absolute(part.url or "/"),
            "stop": stop,
            "site": portal_name(),
        }
        text, html = render_mail("part_news", context)
    return Mail(
        message_id=news.message_id,
        recipient=news.person.email,
        subject=subject[:255],
        text=text,
        html=inline_styles(html),
        headers={"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )
