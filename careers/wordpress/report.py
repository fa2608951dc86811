"""What the admin shows of an import: sums, and the items with their remarks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Count
from django.http import StreamingHttpResponse
from django.utils.translation import gettext as _

from careers.models import WordPressImport, WordPressItem
from careers.reports.sheets import as_csv

Verdict = WordPressItem.Verdict


def verdict_words(batch: WordPressImport) -> dict[str, str]:
    """Names of verdicts: before the import they say what would be."""
    words = {str(value): str(label) for value, label in Verdict.choices}
    if batch.phase in {WordPressImport.Phase.LOOK, WordPressImport.Phase.LOOKED}:
        words |= {
            Verdict.TAKEN: _("Will be taken over"),
            Verdict.UPDATED: _("Will be brought up to date"),
            Verdict.KEPT: _("Will be left as it is here"),
            Verdict.SKIPPED: _("Will not be taken over"),
        }
    return words


def sums(batch: WordPressImport) -> list[dict[str, Any]]:
    """How many items fare in which way, for those that occur."""
    counted = dict(batch.items.order_by().values_list("verdict").annotate(count=Count("pk")))
    words = verdict_words(batch)
    return [{"verdict": v, "words": words[v], "count": counted[v]} for v in words if counted.get(v)]


def missing_words(batch: WordPressImport) -> str:
    """Where the file was cut off, and what to do about it; nothing for a whole one."""
    if not batch.missing:
        return ""
    advice = _("Get the whole file and bring it once more: what was taken over from this one stays and is not doubled.")
    return f"{batch.missing} {advice}"


def head(batch: WordPressImport) -> list[str]:
    """What is to be known of the file as a whole, before its items."""
    return [words for words in (missing_words(batch), *batch.notes) if words]


def rows(batch: WordPressImport, verdict: str) -> Any:
    found = batch.items.select_related("page", "image", "document").defer("payload").order_by("position")
    return found.filter(verdict=verdict) if verdict in Verdict.values else found


def download(batch: WordPressImport) -> StreamingHttpResponse:
    return as_csv(_lines(batch), name=f"wordpress-import-{batch.pk}")


def _lines(batch: WordPressImport) -> Iterator[Sequence[Any]]:
    words = verdict_words(batch)
    yield [_("Number"), _("Kind"), _("Title"), _("Verdict"), _("Remarks"), _("Page")]
    for item in rows(batch, "").iterator(chunk_size=500):
        page = item.page.url_path if item.page else ""
        yield [item.post_id, item.kind, item.title, words[item.verdict], "\n".join(item.notes), page]
    if batch.missing:
        yield ["", "", "", _("Missing"), missing_words(batch), ""]
