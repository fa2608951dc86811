"""Making a person who can sign in at once."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError

from accounts.actions import ensure_person
from accounts.models import User
from tests.factories.accounts import PASSWORD, sign_in

pytestmark = pytest.mark.django_db


def amara(**changes):
    return ensure_person(**({"email": "Amara@Example.org", "name": "Amara", "password": PASSWORD} | changes))


def test_the_person_signs_in_at_once(client):
    response = sign_in(client, amara())
    assert response["Location"] == "/"
    assert client.session["_auth_user_id"]


def test_making_them_twice_changes_nothing():
    first = amara(groups=["Editors"])
    again = amara(email="amara@example.org", name="Somebody", password="other", superuser=True)
    assert again == first
    assert (User.objects.count(), EmailAddress.objects.count()) == (1, 1)
    again.refresh_from_db()
    assert (again.name, again.is_superuser, again.check_password(PASSWORD)) == ("Amara", False, True)


def test_an_address_that_was_never_confirmed_is_confirmed():
    person = amara()
    EmailAddress.objects.update(verified=False)
    amara()
    assert EmailAddress.objects.get(user=person).verified


def test_groups_are_added():
    amara(groups=["Editors"])
    person = amara(groups=["Digest editors"])
    assert set(person.groups.values_list("name", flat=True)) == {"Editors", "Digest editors"}


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"groups": ["Nobody"]}, Group.DoesNotExist),
        ({"email": "nonsense"}, ValidationError),
        ({"name": "a\nb"}, ValidationError),
    ],
)
def test_a_wrong_value_leaves_nothing_behind(changes, error):
    with pytest.raises(error):
        amara(**changes)
    assert not User.objects.exists()
