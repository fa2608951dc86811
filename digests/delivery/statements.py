"""The two statements that every mail costs, written out: building them anew takes longer than running them.

Each is one conditional UPDATE that commits by itself, as those of `jobs.actions` are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Field

from digests.delivery.still_public import Condition
from digests.models import Delivery, Run, Subscriber

#: A row that runs has a token, and no other has (a constraint of LeasedRow).
STILL_OURS = "id = %s AND claim_token = %s"
#: Asked by the statement itself, so that nobody who left a moment ago gets a mail, and no run that was stopped goes on.
MAY_GO = (
    f"(SELECT s.status FROM {Subscriber._meta.db_table} s WHERE s.id = subscriber_id) = 'confirmed'"  # noqa: S608 - a table's name
    f" AND (SELECT r.state FROM {Run._meta.db_table} r WHERE r.id = run_id) = 'going'"
)
#: Of PostgreSQL, for the transaction of this statement alone: it need not wait until the disk has it.
NOT_WAITING = "set_config('synchronous_commit', 'off', true) = 'off'"


def count_copy(row: Delivery, values: Mapping[str, Any], *, only_if: Condition | None = None) -> bool:
    """Raise `copies` and store `values`, if the row is still ours and may go; return whether it was.

    On disk before this returns: a copy that left is never forgotten.
    """
    also = only_if or Condition("1 = 1", ())
    condition = f"{STILL_OURS} AND {MAY_GO} AND {also.sql}"
    return _update(row, "copies = copies + 1", values, condition, also.parameters)


def end_as_sent(row: Delivery, values: Mapping[str, Any]) -> bool:
    """End the row as sent and store `values`, if it is still ours; return whether it was.

    On disk with the sender's next copy at the latest, for a log is written in order. A database server that dies
    before that leaves a copy in doubt, as a sender that dies then does.
    """
    condition = f"{STILL_OURS} AND {NOT_WAITING}" if connection.vendor == "postgresql" else STILL_OURS
    return _update(row, "status = 'done', reason = '', claim_token = NULL, lease_until = NULL", values, condition)


def _update(
    row: Delivery, change: str, values: Mapping[str, Any], condition: str, parameters: Sequence[Any] = ()
) -> bool:
    stored = [_stored(name, value) for name, value in values.items()]
    with connection.cursor() as cursor:
        token = _stored("claim_token", row.claim_token)
        cursor.execute(_statement(change, tuple(values), condition), [*stored, row.pk, token, *parameters])
        return bool(cursor.rowcount)


@lru_cache
def _statement(change: str, names: tuple[str, ...], condition: str) -> str:
    settings = ", ".join([change, *(f"{_field(name).column} = %s" for name in names)])
    return f"UPDATE {Delivery._meta.db_table} SET {settings} WHERE {condition}"  # noqa: S608 - names of columns, no data


def _stored(name: str, value: Any) -> Any:
    return _field(name).get_db_prep_save(value, connection)


@lru_cache
def _field(name: str) -> Field[Any, Any]:
    field = Delivery._meta.get_field(name)
    assert isinstance(field, Field)  # noqa: S101 - narrows the type
    return field
