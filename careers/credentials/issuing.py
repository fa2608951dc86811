"""Everything that happens to a certificate. Each action may be repeated, from two places at once."""

from __future__ import annotations

from calendar import monthrange
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from careers.credentials.codes import make_code
from careers.credentials.evidence import Proof, gather
from careers.models import CertificateSettings, Credential
from home.models import ContentPage
from jobs.notices import notify
from jobs.speaking import speaking_to

if TYPE_CHECKING:
    from accounts.models import User

REVOKED = "careers.certificate.revoke"
RENAMED = "careers.certificate.reissue"


class NotReissuable(ValueError):
    """A certificate that was revoked, or whose place another one has taken."""


@transaction.atomic
def issue(*, person: User, page: ContentPage) -> Credential | None:
    """Give the person their certificate for a path or a masterclass; None if they have not completed it.

    The one they have stays as it is, even when it was revoked. Only an expired one makes way for another, when the
    page was completed again after it had been issued.
    """
    standing = Credential.objects.of(person).current().filter(page=page.pk).select_for_update().first()
    if standing and standing.state != Credential.State.EXPIRED:
        return standing
    proof = gather(person, page)
    if standing and not (proof and proof.completed_at > standing.issued_at):
        return standing
    if proof is None:
        return None
    if standing:
        _supersede(standing)
    return _create(person, page, proof, replaces=standing)


def _create(person: User, page: ContentPage, proof: Proof, *, replaces: Credential | None) -> Credential:
    try:
        with transaction.atomic():
            credential = Credential.objects.create(
                code=make_code(),
                person=person,
                page_id=page.pk,
                kind=page.kind,
                name=person.name,
                title=page.title,
                completed_at=proof.completed_at,
                expires_at=_expiry(proof.completed_at),
                minutes=proof.minutes,
                evidence={"achievement": f"urn:uuid:{page.translation_key}", "about": page.summary}
                | {"address": page.full_url or "", "steps": proof.steps},
                replaces=replaces,
            )
    except IntegrityError:  # another request was first
        return Credential.objects.of(person).current().get(page=page.pk)
    _tell(credential, event="issued", title=gettext_lazy("Your certificate for “%(title)s” is ready"))
    return credential


@transaction.atomic
def reissue(credential: Credential, *, name: str) -> Credential:
    """Issue a certificate anew under another name; the old one leads to the new one.

    Raises NotReissuable for one that was revoked or replaced before.
    """
    old = Credential.objects.select_for_update().get(pk=credential.pk)
    if old.state in {Credential.State.REVOKED, Credential.State.SUPERSEDED}:
        raise NotReissuable(old.state)
    _supersede(old)
    fields = ("person_id", "page_id", "kind", "title", "completed_at", "expires_at", "minutes", "evidence", "hidden")
    same: dict[str, Any] = {field: getattr(old, field) for field in fields}
    new = Credential.objects.create(code=make_code(), name=name, replaces=old, **same)
    log(instance=new, action=RENAMED, user=old.person, data={"replaces": old.printed_code})
    return new


@transaction.atomic
def revoke(credential: Credential, *, reason: str, by: User) -> bool:
    """Take a certificate back for a reason that its page then gives; say whether it was standing until now."""
    standing = Credential.objects.current().filter(pk=credential.pk, revoked_at=None)
    if not standing.update(revoked_at=timezone.now(), revoked_reason=reason):
        return False
    credential.refresh_from_db()
    log(instance=credential, action=REVOKED, user=by, data={"reason": reason})
    title = gettext_lazy("Your certificate for “%(title)s” was revoked")
    _tell(credential, event="revoked", title=title, message=reason, level="bad")
    return True


def show(credential: Credential, *, hidden: bool) -> None:
    """Hide the certificate's page from everybody but its person, or show it again."""
    Credential.objects.filter(pk=credential.pk).update(hidden=hidden)


def _supersede(old: Credential) -> None:
    Credential.objects.filter(pk=old.pk).update(superseded_at=timezone.now())


def _tell(credential: Credential, *, event: str, title: Promise, message: str = "", level: str = "good") -> None:
    with speaking_to(credential.person):
        notify(
            subject=credential,
            event=event,
            recipient=credential.person,
            title=str(title) % {"title": credential.title},
            message=message,
            url=credential.get_absolute_url(),
            level=level,
        )


def _expiry(completed_at: datetime) -> datetime | None:
    chosen = CertificateSettings.objects.filter(site__is_default_site=True).first()
    return months_after(completed_at, chosen.validity_months) if chosen and chosen.validity_months else None


def months_after(moment: datetime, months: int) -> datetime:
    """Return the same day so many months later, or the last one of a shorter month."""
    years, month = divmod(moment.month - 1 + months, 12)
    year = moment.year + years
    return moment.replace(year=year, month=month + 1, day=min(moment.day, monthrange(year, month + 1)[1]))
