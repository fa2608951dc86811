"""Articles and plain pages, made or brought up to date; an editor's change is never overwritten."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from html import escape
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from careers.models import ArticleAuthor, ArticlePage, WordPressItem, WordPressOrigin
from careers.wordpress import access, dates, places, redirecting
from careers.wordpress.body import stored
from careers.wordpress.bringing import Bringing, Outcome, Verdict
from careers.wordpress.html.converting import convert
from careers.wordpress.html.inline import words_of
from careers.wordpress.links import old_links_in
from careers.wordpress.people import person_for
from careers.wordpress.remarks import PUBLIC, remarks_on
from careers.wordpress.source import SourceItem
from careers.wordpress.terms import areas_of, tags_of
from home.models import Area, StandardPage

MOST_SUMMARY = 400


@dataclass
class Draft:
    """All that is to be said of a page, before there is one."""

    title: str
    body: list[dict[str, Any]]
    summary: str
    restriction: str
    notes: list[str] = field(default_factory=list)
    old_links: list[str] = field(default_factory=list)


def bring_page(bringing: Bringing, item: WordPressItem, source: SourceItem, parent: Page) -> Outcome:
    """Make an ArticlePage of a post and a StandardPage of a page, or bring the one that was made up to date."""
    origin = bringing.origin(item.key)
    if origin and origin.page is None:
        return Outcome(Verdict.KEPT, [_("It was taken over before, and deleted here since.")])
    fingerprint = bringing.wanting.fingerprint(source)
    if origin and origin.fingerprint in {fingerprint, source.fingerprint}:
        return Outcome(Verdict.UNCHANGED, values={"page": origin.page})
    if origin and origin.page and origin.page.latest_revision_id != origin.revision:
        return Outcome(Verdict.KEPT, [_why_kept(origin)], {"page": origin.page})
    draft = _draft(bringing, item, source)
    if not bringing.write:
        if origin is None:
            places.slug_for(parent, source, draft.notes)
        return Outcome(Verdict.UPDATED if origin else Verdict.TAKEN, draft.notes)
    page = _written(bringing, source, draft, origin, parent)
    redirecting.redirect_from(source, page, draft.notes)
    access.restrict(page, draft.restriction)
    bringing.remember(item.key, page_id=page.pk, fingerprint=fingerprint, revision=page.latest_revision_id)
    values = {"page": Page.objects.get(pk=page.pk), "old_links": draft.old_links}
    return Outcome(Verdict.UPDATED if origin else Verdict.TAKEN, draft.notes, values)


def _why_kept(origin: WordPressOrigin) -> str:
    if origin.is_partial:
        return _("It came from a file that was cut off, and an editor changed it since: the editor's version stays.")
    return _("The old site has changed it, and so has an editor here: the editor's version stays.")


def _draft(bringing: Bringing, item: WordPressItem, source: SourceItem) -> Draft:
    converted = convert(source.content, bringing.around(source), footnotes=source.meta.get("footnotes", ""))
    notes = list(converted.notes)
    body = stored(bringing, converted.blocks, notes)
    if not body:
        notes.append(_("It had no text: its title stands there instead."))
        body = stored(bringing, [("rich_text", f"<p>{escape(item.title, quote=False)}</p>")], notes)
    notes += remarks_on(source)
    summary = _shortened(words_of(source.excerpt) or converted.teaser or _first_words(body) or item.title)
    restriction = access.restriction_of(source, notes)
    return Draft(item.title, body, summary, restriction, notes, old_links_in(body, bringing.site))


def _written(
    bringing: Bringing, source: SourceItem, draft: Draft, origin: WordPressOrigin | None, parent: Page
) -> Page:
    model = ArticlePage if source.kind == "post" else StandardPage
    page: Any = origin.page.specific if origin and origin.page else model(live=False)
    page.title = draft.title
    page.body = json.dumps(draft.body)
    if isinstance(page, ArticlePage):
        page.summary = draft.summary
        page.published_on = dates.day_of(source) or page.published_on
        page.areas = Area.objects.filter(pk__in=areas_of(bringing.batch, source))
    if origin is None:
        page.slug = places.slug_for(parent, source, draft.notes)
        parent.add_child(instance=page)
    elif origin.is_partial:
        page = places.moved_below(parent, page, source, draft.notes)
    if isinstance(page, ArticlePage):
        _credit(bringing, source, page)
        page.tags.set(tags_of(bringing.batch, source))
        page.cover = _cover(bringing, source, draft.notes) or page.cover
    _publish(page, source)
    return page


def _credit(bringing: Bringing, source: SourceItem, page: ArticlePage) -> None:
    person = person_for(bringing.batch, source.creator) if source.creator else None
    page.article_authors = [ArticleAuthor(person=person)] if person else []


def _cover(bringing: Bringing, source: SourceItem, notes: list[str]) -> Any:
    number = source.meta.get("_thumbnail_id", "")
    item = bringing.item_of("", number) if number else None
    if number and (item is None or item.image is None):
        notes.append(_("Its cover (attachment %(number)s) could not be taken over.") % {"number": number})
    return item.image if item else None


def _publish(page: Any, source: SourceItem) -> None:
    """Dates of the old site are kept: subscribers are told of nothing that is old."""
    moment = dates.published_at(source)
    to_come = source.status == "future" and moment is not None and moment > timezone.now()
    page.go_live_at = moment if to_come else None
    revision = page.save_revision(changed=True)
    if source.status in PUBLIC:
        revision.publish(skip_permission_checks=True)
    if moment and not to_come:
        changed = dates.modified_at(source) or moment
        published = {"first_published_at": moment, "last_published_at": changed} if source.status in PUBLIC else {}
        Page.objects.filter(pk=page.pk).update(latest_revision_created_at=changed, **published)
    page.refresh_from_db()


def _first_words(body: list[dict[str, Any]]) -> str:
    return next((words_of(block["value"]) for block in body if block["type"] == "rich_text"), "")


def _shortened(words: str) -> str:
    return words if len(words) <= MOST_SUMMARY else words[: MOST_SUMMARY - 1].rsplit(" ", 1)[0] + "…"
