"""What becomes of one item, by its kind and state. A dry run and the real one are the same function."""

from __future__ import annotations

from django.utils.translation import gettext as _
from wagtail.models import Page

from careers.models import WordPressItem
from careers.wordpress import places
from careers.wordpress.attachments import bring_attachment
from careers.wordpress.bringing import Bringing, Outcome, Verdict
from careers.wordpress.source import SourceItem
from careers.wordpress.writing import bring_page


def bring(bringing: Bringing, item: WordPressItem) -> Outcome:
    """Take over one item, or say what would become of it."""
    source = SourceItem.of(item.payload)
    if reason := _reason_to_skip(bringing, item, source):
        return Outcome(Verdict.SKIPPED, [reason])
    if source.kind == "attachment":
        return bring_attachment(bringing, item, source)
    notes: list[str] = []
    parent = places.library() if source.kind == "post" else _parent_of(bringing, source, notes)
    outcome = bring_page(bringing, item, source, parent)
    outcome.notes += notes if outcome.verdict in {Verdict.TAKEN, Verdict.UPDATED} else []
    return outcome


def _reason_to_skip(bringing: Bringing, item: WordPressItem, source: SourceItem) -> str:
    if item.pk in bringing.doubles:
        return _("The same item stands in the file twice: the first counts.")
    if source.status in {"trash", "auto-draft"}:
        return _("It was in the bin, or never begun.")
    words = {
        "nav_menu_item": _("Entries of menus are not taken over: the menu here is made of its own pages."),
        "wp_block": _("A reusable block: its content stands in each of the articles that use it."),
        "revision": _("An earlier version: only the last one is taken over."),
        "wp_navigation": _("Entries of menus are not taken over: the menu here is made of its own pages."),
        "custom_css": _("Looks are not taken over."),
        "wp_global_styles": _("Looks are not taken over."),
        "wp_template": _("Looks are not taken over."),
        "wp_template_part": _("Looks are not taken over."),
    }
    if source.kind in words:
        return words[source.kind]
    if source.kind not in {"post", "page", "attachment"}:
        return _("Items of the kind “%(kind)s”, which a plugin made, are not taken over.") % {"kind": item.kind or "?"}
    return ""


def _parent_of(bringing: Bringing, source: SourceItem, notes: list[str]) -> Page:
    """The page above it, where that has been taken over; pages come in the order of their depth."""
    if source.parent in {"", "0"}:
        return places.front_page()
    item = bringing.batch.items.filter(kind="page", post_id=source.parent).select_related("page").first()
    if item is None or (item.page is None and item.verdict not in {Verdict.WAITING, Verdict.TAKEN}):
        notes.append(_("The page above it (%(number)s) is not here: it stands at the top.") % {"number": source.parent})
    return item.page.specific if item and item.page else places.front_page()
