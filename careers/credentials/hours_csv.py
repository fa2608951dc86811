"""The ledger of hours as a table for spreadsheets (RFC 4180, UTF-8 with a byte order mark)."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import StringIO

from django.utils.translation import gettext as _

from careers.credentials.hours import YearOfLearning

#: What a spreadsheet takes for the beginning of a formula (OWASP, “CSV injection”).
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
BYTE_ORDER_MARK = "\ufeff"


def csv_of(years: Iterable[YearOfLearning]) -> str:
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow([_("Date"), _("Title"), _("Kind"), _("Areas"), _("Minutes"), _("Hours"), _("How")])
    for year in years:
        for entry in year.entries:
            words = [entry.title, entry.get_kind_display(), "; ".join(entry.areas)]
            figures = [str(entry.minutes), f"{entry.minutes / 60:.2f}"]
            day = entry.completed_at.date().isoformat()
            writer.writerow([day, *map(harmless, words), *figures, harmless(entry.get_how_display())])
    return BYTE_ORDER_MARK + out.getvalue()


def harmless(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would calculate."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text
