"""What of a page does not come along, in words."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from careers.wordpress.source import TAKEN_META, SourceItem

PUBLIC = frozenset({"publish", "private", "future"})
#: Kinds of terms that articles keep, and those that only say how WordPress shows an item.
KEPT_TERMS = frozenset({"category", "post_tag", "tag", "post_format", "nav_menu", "wp_theme"})
MOST_WORDS = 600


def remarks_on(source: SourceItem) -> list[str]:
    notes = [*_state(source), *_terms(source), *_fields(source)]
    return [*notes, *_of_plain_page(source)] if source.kind == "page" else notes


def _state(source: SourceItem) -> Iterator[str]:
    if source.comments:
        words = _("Comments stay behind: %(count)d, of which %(approved)d were shown.")
        yield words % {"count": source.comments, "approved": source.comments_approved}
    if source.truncated:
        yield _("It was longer than five million characters: the rest was left out.")
    if source.sticky == "1":
        yield _("It was kept on top: choose it under Featured on the home page, if it should be here, too.")
    if source.status not in PUBLIC:
        yield _("It was no published page: it is a draft.")


def _terms(source: SourceItem) -> Iterator[str]:
    """Terms of kinds that a plugin made."""
    for domain in dict.fromkeys(term.domain for term in source.terms if term.domain not in KEPT_TERMS):
        names = ", ".join(term.name for term in source.terms if term.domain == domain)
        yield _("Not taken over: %(kind)s “%(names)s”") % {"kind": domain, "names": names[:MOST_WORDS]}


def _fields(source: SourceItem) -> Iterator[str]:
    """Fields that somebody filled in; those whose name begins with a line are WordPress's and its plugins' own."""
    names = [name for name, value in source.meta.items() if name[:1] not in {"", "_"} and value.strip()]
    if own := [name for name in names if name not in TAKEN_META]:
        yield _("Fields of its own are not taken over: %(names)s") % {"names": ", ".join(own)[:MOST_WORDS]}
    if not source.content and any(name.startswith(BUILDERS) for name in source.meta):
        yield _("A page builder kept its text in fields of its own: it has to be brought by hand.")


def _of_plain_page(source: SourceItem) -> Iterator[str]:
    """Articles have what plain pages have not."""
    names = ", ".join(term.name for term in source.terms if term.domain in {"category", "post_tag", "tag"})
    if names:
        yield _("Plain pages have no areas and tags: “%(names)s”") % {"names": names[:MOST_WORDS]}
    if number := source.meta.get("_thumbnail_id"):
        yield _("Plain pages have no cover: attachment %(number)s is in the library alone.") % {"number": number}


BUILDERS = ("_elementor_data", "_fl_builder_data", "panels_data", "_et_pb_old_content", "ct_builder_shortcodes")
