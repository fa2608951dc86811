"""What editors decided about a period, as the choosing of items reads it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from digests.models import DigestSettings, Edition


@dataclass(frozen=True)
class Plan:
    """`pins` and `places` number the pages in the editor's order; pages without a place come after the others."""

    pins: dict[int, int] = field(default_factory=dict)
    places: dict[int, int] = field(default_factory=dict)
    left_out: frozenset[int] = frozenset()
    note: str = ""
    archive: str = ""


NO_PLAN = Plan()


def plans_for(period_keys: Iterable[str]) -> dict[str, Plan]:
    """Return the plans of those periods that have an edition, in three queries at most.

    Where the site wants approval, an edition without one counts for what it leaves out and for nothing else.
    """
    editions = list(Edition.objects.filter(period_key__in=set(period_keys)).prefetch_related("items"))
    unapproved = [edition for edition in editions if not edition.approved_at]
    strict = bool(unapproved) and DigestSettings.load().needs_approval
    return {edition.period_key: plan_of(edition, held=strict and edition in unapproved) for edition in editions}


def plan_of(edition: Edition, *, held: bool = False) -> Plan:
    """The plan of one edition; `held` when what its editor added waits for an approval."""
    items = sorted(edition.items.all(), key=lambda item: (item.position is None, item.position or 0, -item.pk))
    left_out = frozenset(item.page_id for item in items if item.left_out)
    if held:
        return Plan(left_out=left_out, archive=edition.path)
    return Plan(
        pins={item.page_id: place for place, item in enumerate(items) if item.pinned},
        places={item.page_id: place for place, item in enumerate(items) if item.position is not None},
        left_out=left_out,
        note=edition.note,
        archive=edition.path,
    )
