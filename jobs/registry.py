"""Which kinds of work there are, so that the sweeper and the Jobs page know them without importing them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise

from jobs.models import LeasedRow


@dataclass(frozen=True)
class JobKind:
    """A kind of leased row and the Celery task that works on one of its rows, given the row's id.

    With `wake_each` false, one wake-up without an id is sent for every `chunk` due rows; the task then takes rows
    with `jobs.actions.claim_next` until none is due. `wakes_per_sweep` bounds what one sweep sends: a few for work
    that takes minutes, hundreds for work that takes a moment. `select_related` is what the row's `str()` needs.
    """

    model: type[LeasedRow]
    label: str | Promise
    task: str
    queue: str
    wake_each: bool = True
    chunk: int = 100
    wakes_per_sweep: int = 200
    select_related: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The kind in addresses and forms, such as `jobs.mail`."""
        return self.model._meta.label_lower


_kinds: dict[type[LeasedRow], JobKind] = {}


def register(kind: JobKind) -> None:
    _kinds[kind.model] = kind


def kinds() -> list[JobKind]:
    return list(_kinds.values())


def kind_of(model: type[LeasedRow]) -> JobKind:
    return _kinds[model]


def kind_named(name: str) -> JobKind | None:
    return next((kind for kind in kinds() if kind.name == name), None)
