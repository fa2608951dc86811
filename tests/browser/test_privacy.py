"""A practitioner takes their data along and deletes their account, in a real browser."""

from __future__ import annotations

import json
import zipfile

from accounts.models import User
from jobs.models import Mail
from tests.browser.test_accounts import sign_in
from tests.factories.accounts import PASSWORD, PersonFactory
from tests.factories.careers import ArticlePageFactory, CompletionFactory, FeedbackFactory
from tests.factories.digests import SubscriberFactory


def test_a_practitioner_takes_everything_along_and_leaves(page, live_server, screen, tmp_path):
    person = PersonFactory(name="Amara Okonjo", email="amara@example.org")
    CompletionFactory(person=person, page=ArticlePageFactory(title="The five shapes"))
    FeedbackFactory(person=person)
    subscriber = SubscriberFactory(person=person, email="amara@example.org")

    page.goto(f"{live_server.url}/accounts/login/?next=/accounts/profile/")
    sign_in(page, "amara@example.org")
    page.get_by_role("link", name="See it, take it with you, or delete your account").click()
    screen(page, "what-we-know")
    page.get_by_role("link", name="Get my data").click()
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    download.value.save_as(tmp_path / "about-me.zip")
    with zipfile.ZipFile(tmp_path / "about-me.zip") as archive:
        told = json.loads(archive.read("about-me.json"))["sections"]
    assert told["careers.Completion.person"][0]["page"] == "The five shapes"

    page.goto(f"{live_server.url}/accounts/privacy/delete/")
    page.get_by_text("Completions (1)").wait_for()
    screen(page, "what-goes")
    page.get_by_label("Keep my digest coming").check()
    page.get_by_label("Delete my account for good").check()
    page.get_by_role("button", name="Delete my account").click()
    page.get_by_role("heading", name="Your account is deleted").wait_for()
    page.goto(f"{live_server.url}/accounts/profile/")
    assert "/accounts/login/" in page.url

    assert not User.objects.filter(pk=person.pk).exists()
    subscriber.refresh_from_db()
    assert (subscriber.person, subscriber.status) == (None, "confirmed")
    assert Mail.objects.get(recipient="amara@example.org").subject == "Your account is deleted"
