"""The name that an owner gives the portal is the one that its mail says."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default

import pytest
from django.conf import settings
from django.urls import reverse
from wagtail.models import Site

from digests.delivery import sending
from home import naming
from home.models import SiteIdentity
from jobs.models import Mail
from tests.factories.accounts import PersonFactory
from tests.factories.digests import DeliveryFactory, new_article

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def owner_has_named_it():
    default = Site.objects.get(is_default_site=True)
    SiteIdentity.objects.update_or_create(site=default, defaults={"name": "Evening & Co"})


def test_a_password_mail_says_it(client):
    person = PersonFactory()
    client.post(reverse("account_reset_password"), {"email": person.email})
    mail = Mail.objects.get(recipient=person.email)
    assert mail.subject == "Choose a new password for Evening & Co"
    assert "Evening & Co" in mail.text
    assert "Evening &amp; Co" in mail.html
    assert settings.WAGTAIL_SITE_NAME not in mail.text + mail.html


def test_a_digest_says_it_in_its_body_and_its_list_id(sink):
    new_article()
    DeliveryFactory()
    sending.send_due()
    message = message_from_bytes(sink.raw[0], policy=default)
    assert message["List-ID"].startswith('"Evening & Co" <digest.')
    assert "you asked Evening & Co for a digest" in message.get_body(("plain",)).get_content()


def test_a_new_name_counts_from_the_next_mail_on():
    assert naming.name_of_portal() == "Evening & Co"
    identity = SiteIdentity.objects.get()
    identity.name = "Morning & Co"
    identity.save()
    assert naming.name_of_portal() == "Morning & Co"


def test_other_processes_learn_it_within_a_minute(monkeypatch):
    naming.name_of_portal()
    SiteIdentity.objects.update(name="Morning & Co")
    assert naming.name_of_portal() == "Evening & Co"
    monkeypatch.setattr(naming, "FRESH_FOR", 0.0)
    assert naming.name_of_portal() == "Morning & Co"
