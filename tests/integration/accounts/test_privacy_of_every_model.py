"""Every model that refers to a person, now and in time to come: exported, and erased or kept for a stated reason."""

from __future__ import annotations

import json
import zipfile
from typing import Any

import pytest
from allauth.account.models import EmailAddress

from accounts.models import User
from accounts.privacy import registry
from accounts.privacy.erasing import erase
from accounts.privacy.exporting import JSON_NAME, write_export
from accounts.privacy.walking import direct_links, links
from tests.factories.accounts import PersonFactory
from tests.factories.anything import anything

pytestmark = pytest.mark.django_db


def sections_of(person: User) -> dict[str, list]:
    with write_export(person) as file, zipfile.ZipFile(file) as archive:
        return json.loads(archive.read(JSON_NAME))["sections"]


def one_row_for_every_link(person: User) -> dict[str, Any]:
    """A row that refers to the person by every column there is, and one below each row that has some."""
    rows: dict[str, Any] = {}
    for link in links():
        owner = rows[link.above.key] if link.above else person
        if link.key == "account.EmailAddress.user":
            rows[link.key] = EmailAddress.objects.get(user=person)
        else:
            rows[link.key] = anything(link.model, **{link.field.name: owner})
    return rows


def test_a_row_that_refers_to_a_person_goes_with_them_or_stays_for_a_reason():
    without = [link.key for link in direct_links() if not link.goes and not link.kept]

    assert without == [], "say in a privacy.py why these rows stay: accounts.privacy.registry.keep"


def test_no_reason_is_kept_for_a_column_that_is_not_there_any_more():
    assert set(registry.all_kept()) <= {link.key for link in direct_links() if not link.goes}


def test_every_reason_is_a_sentence():
    assert all(str(kept.reason).endswith(".") for kept in registry.all_kept().values())


def test_every_row_that_refers_to_a_person_is_exported_and_after_a_deletion_none_does():
    person, other = PersonFactory(), PersonFactory()
    theirs, others = one_row_for_every_link(person), one_row_for_every_link(other)

    exported = sections_of(person)
    erase(person=person, wishes={})

    assert [link.key for link in links() if not exported[link.key]] == []

    assert not User.objects.filter(pk=person.pk).exists()
    for link in links():
        manager, row = link.model._base_manager, theirs[link.key]
        if link.goes:
            assert not manager.filter(pk=row.pk).exists(), f"{link.key} is still there"
        elif not link.above:
            named = manager.filter(**{link.field.attname: person.pk}).exists()
            assert not named or link.key.endswith("LogEntry.user"), f"{link.key} still names the person"
        assert manager.filter(pk=others[link.key].pk).exists(), f"{link.key} of somebody else is gone"
