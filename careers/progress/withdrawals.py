"""Since when the ledger of a page counts: from the beginning, unless the person has taken the completion back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from careers.models import Withdrawal

if TYPE_CHECKING:
    from accounts.models import User


def taken_back_at(person: User, page_id: int) -> datetime | None:
    """When the person took the page back, if it is not complete again; what came before counts no more."""
    return taken_back(person, [page_id]).get(page_id)


def taken_back(person: User, page_ids: Iterable[int]) -> dict[int, datetime]:
    rows = Withdrawal.objects.filter(person=person, page__in=list(page_ids))
    return dict(rows.values_list("page_id", "taken_back_at"))
