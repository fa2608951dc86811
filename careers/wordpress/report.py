"""What the admin shows of an import: sums, and the items with their remarks."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any

from django.db.models import Count
from django.http import StreamingHttpResponse
from django.utils.translation import gettext as _

from careers.models import WordPressImport, WordPressItem

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


def rows(batch: WordPressImport, verdict: str) -> Any:
    found = batch.items.select_related("page", "image", "document").defer("payload").order_by("position")
    return found.filter(verdict=verdict) if verdict in Verdict.values else found


class _Line:
    """A file that gives each line back."""

    def write(self, line: str) -> str:
        return line


def as_csv(batch: WordPressImport) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(_lines(batch), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="wordpress-import-{batch.pk}.csv"'
    return answer


def _lines(batch: WordPressImport) -> Iterator[str]:
    writer = csv.writer(_Line())
    words = verdict_words(batch)
    yield writer.writerow([_("Number"), _("Kind"), _("Title"), _("Verdict"), _("Remarks"), _("Page")])
    for item in rows(batch, "").iterator(chunk_size=500):
        page = item.page.url_path if item.page else ""
        yield writer.writerow(
            [item.post_id, item.kind, _harmless(item.title), words[item.verdict], "\n".join(item.notes), page]
        )


def _harmless(text: str) -> str:
    """A spreadsheet would run what begins like a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@"} else text
