"""Who may read what: passwords and privacy of WordPress, as ours."""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.utils.translation import gettext as _
from wagtail.models import Page, PageViewRestriction

from accounts.groups import EDITORS, MODERATORS
from careers.wordpress.source import SourceItem


def restriction_of(source: SourceItem, notes: list[str]) -> str:
    """The kind of restriction, or nothing for what is public."""
    if source.status == "private":
        notes.append(_("It was private: only editors and moderators may read it."))
        return PageViewRestriction.GROUPS
    if source.password:
        notes.append(_("It had a password: whoever is signed in may read it. The password was not taken over."))
        return PageViewRestriction.LOGIN
    return ""


def restrict(page: Page, kind: str) -> None:
    """Give the page this restriction, unless it has one: an editor's own stays."""
    if not kind or PageViewRestriction.objects.filter(page_id=page.pk).exists():
        return
    restriction = PageViewRestriction.objects.create(page_id=page.pk, restriction_type=kind)
    if kind == PageViewRestriction.GROUPS:
        restriction.groups.set(Group.objects.filter(name__in=(EDITORS, MODERATORS)))
