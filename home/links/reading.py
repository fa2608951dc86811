"""Which addresses there are: read from each published page after it was published, from the rest now and then."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page

from home.links.finding import Found, addresses_in
from home.models import LinkPlace, LinkReading, Person, SiteIdentity, WebLink
from jobs.wakeups import wake_after_commit

AT_ONCE = 50


def read_pages(*, seconds: float = 20) -> bool:
    """Read pages that were published since they were last read, for so long; return whether some are left."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        pages = list(_unread()[:AT_ONCE])
        for page in pages:
            read_page(page.specific)
        if len(pages) < AT_ONCE:
            return False
    return True


def read_page(page: Any) -> None:
    """What stands in the page as readers see it."""
    now = timezone.now()
    with transaction.atomic():
        _keep(f"page:{page.pk}", addresses_in(page), page=page, title=page.title, edit_url=_edit_address(page))
        LinkReading.objects.update_or_create(page_id=page.pk, defaults={"read_at": now})


def read_the_rest() -> None:
    """People and the site's own settings; places of pages that nobody sees any more go."""
    finder = AdminURLFinder()
    for row in [*Person.objects.all(), *SiteIdentity.objects.all()]:
        address = finder.get_edit_url(row) or ""
        _keep(f"{row._meta.label_lower}:{row.pk}", addresses_in(row), page=None, title=str(row), edit_url=address)
    hidden = Page.objects.filter(live=False)
    LinkPlace.objects.filter(page__in=hidden).delete()
    LinkReading.objects.filter(page__in=hidden).delete()
    WebLink.objects.filter(places=None).exclude(status=WebLink.Status.RUNNING).delete()


def _unread() -> Any:
    read = LinkReading.objects.filter(page=OuterRef("pk")).values("read_at")
    pages = Page.objects.filter(live=True, depth__gt=1).annotate(read_at=Subquery(read))
    return pages.filter(Q(read_at=None) | Q(read_at__lt=F("last_published_at"))).order_by("pk")


def _keep(source: str, found: Iterable[Found], *, page: Any, title: str, edit_url: str) -> None:
    """Make the places of this source those that were found; new addresses are checked soon."""
    LinkPlace.objects.filter(source=source).delete()
    wanted = list(found)
    links = {digest_of(one.address): whole(one.address) for one in wanted}
    known = {link.digest: link for link in WebLink.objects.filter(digest__in=links)}
    for digest, address in links.items():
        if digest not in known:
            kind = WebLink.Kind.WEB if address.lower().startswith("http") else WebLink.Kind.OWN
            known[digest], made = WebLink.objects.get_or_create(
                digest=digest, defaults={"address": address, "kind": kind}
            )
            if made:
                wake_after_commit(known[digest])
    LinkPlace.objects.bulk_create(
        LinkPlace(
            link=known[digest_of(one.address)],
            page=page,
            source=source,
            title=title[:255],
            edit_url=edit_url[:300],
            field=one.field[:120],
            words=one.words[:120],
        )
        for one in wanted
    )


def _edit_address(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def digest_of(address: str) -> str:
    """What makes an address one row."""
    return hashlib.sha256(whole(address).encode()).hexdigest()


def whole(address: str) -> str:
    """What is asked for: the part after # is for browsers alone."""
    return address.partition("#")[0] if address.lower().startswith("http") else address
