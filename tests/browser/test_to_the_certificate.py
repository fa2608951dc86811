"""A practitioner's whole way: from a visitor who reads and watches to a certificate that anybody can check."""

from __future__ import annotations

import json
import re
from io import BytesIO
from pathlib import Path

import pytest
from joserfc import jws
from joserfc.jwk import ECKey
from playwright.sync_api import Browser, Locator, Page, expect
from pypdf import PdfReader

from careers.credentials.keys import ensure_key
from careers.models import Completion, Credential
from careers.progress import sums
from tests.browser.playing import open_part
from tests.browser.test_coverage import play
from tests.browser.test_without_account import KEPT, make_an_account
from tests.factories.careers import ArticlePageFactory, LearningPathPageFactory


@pytest.fixture
def path(part):
    """A film whose credits begin after eight seconds, and two articles."""
    ensure_key()
    part.credits_start = 8
    part.save()
    articles = [ArticlePageFactory(title=title) for title in ("Five shapes of office", "Two offers")]
    return LearningPathPageFactory(title="Know your market", stages=[[part, *articles]])


@pytest.fixture(autouse=True)
def quick_readers(monkeypatch):
    monkeypatch.setattr(sums, "SHARE_OF_MINUTES", 0.03)


def watch_and_read_without_an_account(page: Page, address: str, part, article) -> None:
    open_part(page, address, part)
    play(page, 0, 8.3)
    expect(page.locator("[data-kept]")).to_contain_text("kept in this browser")
    page.goto(address + article.url)
    page.get_by_text("Where to begin").first.wait_for()
    page.wait_for_timeout(2500)  # its beginning is looked at, too
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(page.get_by_text("Kept in this browser.")).to_be_visible()


def downloaded(page: Page, name: str) -> bytes:
    with page.expect_download() as download:
        page.get_by_role("link", name=name).click()
    return Path(download.value.path()).read_bytes()


def card(page: Page) -> Locator:
    return page.locator("[data-fragment*='/path/']")


def test_from_no_account_to_a_certificate(live_server, page, chromium, screen, path, part):
    _watched, read, last = (step.page for step in path.stages.get().steps.all())

    watch_and_read_without_an_account(page, live_server.url, part, read)
    make_an_account(page, live_server.url)
    expect(page.get_by_text(KEPT)).to_be_visible()
    page.get_by_role("link", name="See what it is").click()
    expect(page.get_by_text("1 article read to its end")).to_be_visible()
    expect(page.get_by_text(re.compile("“Reading an offer”: You have played 0:0[78] of 0:08"))).to_be_visible()
    screen(page, "1-what-is-kept")
    assert not Completion.objects.exists()
    page.get_by_role("button", name="Add to my account").click()
    expect(page.get_by_text("It is in your account now.")).to_be_visible()

    page.goto(live_server.url + path.url)
    expect(page.get_by_text("You have already done 2 of 3 steps.")).to_be_visible()
    page.get_by_role("button", name="Follow this path").click()
    expect(page.get_by_role("img", name="2 of 3 required steps done")).to_be_visible()
    card(page).get_by_role("link", name="Two offers").click()
    page.wait_for_url(live_server.url + last.url)
    page.get_by_role("button", name="Mark as done").click()
    expect(page.get_by_role("button", name="Not done after all")).to_be_visible()

    page.goto(live_server.url + path.url)
    expect(page.get_by_text("Finished on")).to_be_visible()
    assert space_between(page.get_by_text("Finished on"), page.locator(".certificate-slip")) >= 8
    screen(page, "2-finished")
    page.get_by_role("link", name="See my certificate").click()
    expect(page.get_by_text("This certificate is valid.")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Amara Okonjo")
    how = page.locator(".certificate-evidence tbody tr td:last-child")
    expect(how).to_have_text(["Watched", "Read to the end", "Marked as done"])
    screen(page, "3-certificate")

    certificate = Credential.objects.get()
    is_the_certificate(downloaded(page, "Download as PDF"), certificate)
    anybody_can_check(chromium, live_server.url, certificate, screen)
    is_signed_by_us(downloaded(page, "Download as Open Badge"), page, live_server.url, certificate)


def space_between(upper: Locator, lower: Locator) -> float:
    above, below = upper.bounding_box(), lower.bounding_box()
    assert above
    assert below
    return below["y"] - above["y"] - above["height"]


def is_the_certificate(pdf: bytes, certificate: Credential) -> None:
    (sheet, *_more) = PdfReader(BytesIO(pdf)).pages
    words = sheet.extract_text()
    assert "Amara Okonjo" in words
    assert "Know your market" in words
    assert certificate.printed_code in words


def anybody_can_check(chromium: Browser, address: str, certificate: Credential, screen) -> None:
    """Somebody else, in another browser, types the short address as it stands on paper."""
    other = chromium.new_context()
    try:
        page = other.new_page()
        page.goto(f"{address}/c/{certificate.printed_code.lower()}/")
        expect(page.get_by_text("This certificate is valid.")).to_be_visible()
        expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Amara Okonjo.*Know your market", re.S))
        expect(page.get_by_text("This certificate is yours")).to_have_count(0)
        screen(page, "4-seen-by-anybody")
        wrong = page.goto(f"{address}/c/{certificate.printed_code[::-1]}/")
        assert wrong
        assert wrong.status == 404
        screen(page, "5-no-such-certificate")
    finally:
        other.close()


def is_signed_by_us(token: bytes, page: Page, address: str, certificate: Credential) -> None:
    """By the key that the portal publishes."""
    (published,) = page.request.get(f"{address}/.well-known/did.json").json()["verificationMethod"]
    badge = json.loads(jws.deserialize_compact(token.strip(), ECKey.import_key(published["publicKeyJwk"])).payload)
    assert badge["credentialSubject"]["achievement"]["name"] == "Know your market"
    assert [step["name"] for step in badge["evidence"]] == ["Reading an offer", "Five shapes of office", "Two offers"]
    assert badge["id"] == f"{address}{certificate.get_absolute_url()}"
