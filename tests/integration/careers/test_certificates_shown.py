"""“Your certificates”: what each card shows of one, and what stands there before the first."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.utils import timezone

from tests.factories.accounts import PersonFactory, browser_of
from tests.factories.credentials import CredentialFactory, certificate_of

pytestmark = pytest.mark.django_db
PAGE = "/learning/certificates/"


@pytest.fixture
def person():
    return PersonFactory(name="Priya Practitioner")


def seen_by(person) -> str:
    return browser_of(person).get(PAGE).content.decode()


def test_a_card_shows_what_it_is_for_and_how_to_show_it_to_others(person):
    certificate = certificate_of(person, title="Know your market")

    page = seen_by(person)

    address = f"{settings.BASE_URL}{certificate.get_absolute_url()}"
    for words in ("Know your market", "Priya Practitioner", certificate.printed_code, f">{address}</a>"):
        assert words in page
    for file in ("certificate.pdf", "badge.jwt"):
        assert f'href="{certificate.get_absolute_url()}{file}"' in page
    assert f'data-share="{address}"' in page


def test_one_that_is_hidden_is_not_offered_to_be_shared(person):
    certificate = certificate_of(person)
    certificate.hidden = True
    certificate.save()

    page = seen_by(person)

    assert "Hidden" in page
    assert "data-share" not in page
    assert f"{certificate.get_absolute_url()}certificate.pdf" in page


def test_one_that_does_not_hold_has_no_files(person):
    CredentialFactory(person=person, revoked_at=timezone.now(), revoked_reason="A mistake")

    page = seen_by(person)

    assert "Revoked" in page
    assert "certificate.pdf" not in page
    assert "data-share" not in page


def test_before_the_first_it_says_how_to_come_by_one(person):
    page = seen_by(person)

    assert "No certificate yet" in page
    assert 'class="button" href="/learning/"' in page
