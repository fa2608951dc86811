"""What editors decided about a period, as the choosing of items reads it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from digests.models import DigestSettings, Edition


@dataclass(frozen=True)
class Plan:
    """`pins` and `places` number the pages in the editor's order; pages without a place come after the others.

    `counted` is the edition for which clicks are counted, where the site wants that of real mails.
    """

    pins: dict[int, int] = field(default_factory=dict)
    places: dict[int, int] = field(default_factory=dict)
    left_out: frozenset[int] = frozenset()
    note: str = ""
    archive: str = ""
    counted: int = 0


NO_PLAN = Plan()


def plans_for(period_keys: Iterable[str]) -> dict[str, Plan]:
    """Return the plans of those periods that have an edition, in three queries.

    Where the site wants approval, an edition without one counts for what it leaves out and for nothing else.
    """
    editions = list(Edition.objects.filter(period_key__in=set(period_keys)).prefetch_related("items"))
    if not editions:
        return {}
    site = DigestSettings.load()
    return {edition.period_key: _plan_of_mails(edition, site) for edition in editions}


def _plan_of_mails(edition: Edition, site: DigestSettings) -> Plan:
    plan = plan_of(edition, held=site.needs_approval and not edition.approved_at)
    return replace(plan, counted=edition.pk) if site.counts_clicks else plan


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
