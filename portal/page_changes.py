"""What makes kept pages and fragments void: whatever visitors see was saved, deleted, moved or published."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save
from taggit.models import Tag
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move
from wagtailmedia.models import AbstractMedia

from home.content_version import renew
from home.models import Area, Person, SiteIdentity
from home.signals import public_content_changed
from masterclasses.signals import encode_done, encode_failed

SHOWN = (
    *(Page, Area, Person, SiteIdentity, Site, Tag, Redirect, PageViewRestriction),
    *(AbstractImage, AbstractDocument, AbstractMedia),
)
PAGE_SIGNALS = (
    *(page_published, page_unpublished, page_slug_changed, post_page_move, public_content_changed),
    *(encode_done, encode_failed),
)


def connect() -> None:
    for signal in (post_save, post_delete):
        signal.connect(row_changed, dispatch_uid="page-cache-row")
    m2m_changed.connect(groups_changed, sender=PageViewRestriction.groups.through, dispatch_uid="page-cache-groups")
    for page_signal in PAGE_SIGNALS:
        page_signal.connect(forget_after_commit, dispatch_uid="page-cache-page")


def row_changed(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    if isinstance(instance, SHOWN) and not kwargs.get("raw"):
        forget_after_commit()


def groups_changed(**kwargs: Any) -> None:
    forget_after_commit()


def forget_after_commit(**kwargs: Any) -> None:
    """Before the commit others would still read, and store, what was."""
    transaction.on_commit(renew, robust=True)
