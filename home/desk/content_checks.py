"""What is still wanting in a page, in sentences that lead to the field. Each floor registers what it can tell:

content_checks.register("captions", missing_captions)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Severity(TextChoices):
    ERROR = "error", _("Repair this")
    WARNING = "warning", _("Look at this")


@dataclass(frozen=True)
class Finding:
    """`what` is wanting and what to do about it (`advice`). `anchor` is the id of the editor's panel that mends it,
    for example "panel-child-content-summary-section"."""

    what: str
    advice: str = ""
    anchor: str = ""
    severity: Severity = Severity.WARNING


#: Specific pages of any type, as they are in the editor or published → what is wanting in those that the check knows,
#: in a constant number of queries.
Check = Callable[[Sequence[Any]], Mapping[int, list[Finding]]]
_checks: dict[str, Check] = {}


def register(name: str, check: Check) -> None:
    _checks[name] = check


def findings_of(pages: Sequence[Any]) -> dict[int, list[Finding]]:
    """Return what is wanting, by page id, errors first; pages in which nothing is wanting are not among the keys."""
    found: dict[int, list[Finding]] = defaultdict(list)
    for check in _checks.values() if pages else ():
        for pk, said in check(pages).items():
            found[pk] += said
    return {pk: sorted(said, key=lambda one: one.severity != Severity.ERROR) for pk, said in found.items() if said}
