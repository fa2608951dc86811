"""What several tests of the roof share."""

from __future__ import annotations

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from tests.template import postgres_template, template_file


@pytest.fixture
def migrated(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> list[str]:
    """Arguments that spare a drill the migrating of an empty database: half a minute of every one."""
    if connection.vendor == "sqlite":
        return ["--template", str(template_file())]
    with django_db_blocker.unblock():
        return ["--template", postgres_template()]
