"""The sweeper and the Jobs page read a queue of millions through partial indexes."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.models import Q
from django.utils import timezone

from jobs.models import Mail

pytestmark = pytest.mark.django_db
NOW = timezone.now()
QUERIES = {
    "mail_leases": Mail.objects.lost(NOW)[:100],
    "mail_due": Mail.objects.due(NOW).filter(Q(attempts__gt=0) | Q(next_try_at__lte=NOW))[:100],
    "mail_failed": Mail.objects.filter(status="failed").order_by("-finished_at", "pk")[:100],
}


@pytest.mark.parametrize("index", QUERIES)
def test_the_index_gives_rows_and_order(index):
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")  # a table this small is read whole
            cursor.execute("SET LOCAL enable_bitmapscan = off")
    plan = QUERIES[index].explain()
    assert index in plan
    assert "Sort" not in plan
    assert "TEMP B-TREE" not in plan
