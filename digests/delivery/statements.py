"""The two statements that every mail costs, written out: building them anew takes longer than running them.

Each is one conditional UPDATE that commits by itself, as those of `jobs.actions` are.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Field

from digests.models import Delivery, Run, Subscriber

STILL_OURS = "id = %s AND status = 'running' AND claim_token = %s"
#: Asked by the statement itself, so that nobody who left a moment ago gets a mail, and no run that was stopped goes on.
MAY_GO = (
    f"EXISTS (SELECT 1 FROM {Subscriber._meta.db_table} s WHERE s.id = subscriber_id AND s.status = 'confirmed')"  # noqa: S608 - a table's name
    f" AND EXISTS (SELECT 1 FROM {Run._meta.db_table} r WHERE r.id = run_id AND r.state = 'going')"
)


def count_copy(row: Delivery, values: Mapping[str, Any]) -> bool:
    """Raise `copies` and store `values`, if the row is still ours and may go; return whether it was."""
    return _update(row, "copies = copies + 1", values, f"{STILL_OURS} AND {MAY_GO}")


def end_as_sent(row: Delivery, values: Mapping[str, Any]) -> bool:
    """End the row as sent and store `values`, if it is still ours; return whether it was."""
    return _update(row, "status = 'done', reason = '', claim_token = NULL, lease_until = NULL", values, STILL_OURS)


def _update(row: Delivery, change: str, values: Mapping[str, Any], condition: str) -> bool:
    stored = [_stored(name, value) for name, value in values.items()]
    with connection.cursor() as cursor:
        token = _stored("claim_token", row.claim_token)
        cursor.execute(_statement(change, tuple(values), condition), [*stored, row.pk, token])
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
