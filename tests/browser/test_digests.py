"""The digest as a reader meets it: subscribe, confirm from the mail, read, leave."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from digests import selection
from digests.links import Links
from digests.periods import Rhythm
from digests.rendering import render
from jobs.models import Mail
from jobs.tasks import deliver_mail
from tests.factories.digests import marketplace, new_article
from tests.factories.home import HomePageFactory, ImageFactory


@pytest.fixture(autouse=True)
def _to_files(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"


def open_mail(page, live_server, subject):
    """Open the mail in the outbox and return the frame that shows it."""
    page.goto(f"{live_server.url}/dev/outbox/")
    page.get_by_role("link", name=subject).first.click()
    return page.frame_locator("iframe")


def follow(page, frame, name):
    """Follow a link of the mail; it opens in a window of its own."""
    with page.context.expect_page(timeout=30_000) as opened:
        frame.get_by_role("link", name=name).first.click()
    return opened.value


def go_where(page, frame, name):
    """Open what a link of the mail leads to: pictures that still load would move it from under a click."""
    window = page.context.new_page()
    window.goto(frame.get_by_role("link", name=name).first.get_attribute("href"))
    return window


def deliver_waiting_mail():
    for mail in Mail.objects.waiting():
        deliver_mail(mail.pk)


def subscribe(page, live_server, screen):
    page.goto(f"{live_server.url}/digest/subscribe/")
    screen(page, "subscribe")
    page.get_by_label("E-mail address").fill("a@[127.0.0.1]")
    page.get_by_role("button", name="Send me the digest").click()
    page.get_by_text("not a number").wait_for()
    screen(page, "refused")
    page.get_by_label("E-mail address").fill("reader@example.org")
    assert page.get_by_label("Day of the month").is_hidden()
    page.get_by_label("Daily").check()
    assert page.get_by_label("Day of the week").is_hidden()
    page.get_by_role("button", name="Send me the digest").click()
    page.get_by_role("heading", name="Look into your inbox").wait_for()


def confirm(page, live_server, screen):
    frame = open_mail(page, live_server, "Please confirm your digest")
    screen(page, "outbox-mail")
    window = follow(page, frame, "Confirm my digest")
    window.get_by_role("button", name="Yes, send me the digest").click()
    window.get_by_role("heading", name="Your digest is on").wait_for()
    screen(window, "confirmed")


def change_preferences(page, frame, screen):
    window = go_where(page, frame, "Change areas, rhythm or hour")
    window.get_by_label("Monthly").check()
    window.get_by_role("button", name="Save").click()
    window.get_by_text("Saved.").wait_for()
    screen(window, "preferences")


def leave_and_come_back(page, frame):
    window = go_where(page, frame, "Unsubscribe")
    window.get_by_role("button", name="Unsubscribe").click()
    window.get_by_role("heading", name="You are unsubscribed").wait_for()
    window.get_by_role("link", name="Subscribe again").click()
    window.get_by_role("button", name="Send me the link").click()
    window.get_by_role("heading", name="Look into your inbox").wait_for()


def test_subscribe_confirm_read_unsubscribe(page, live_server, screen):
    HomePageFactory()
    marketplace()
    new_article(title="How to be noticed", cover=ImageFactory(file__width=1200, file__height=700))
    new_article(title="What recruiters read first", cover=ImageFactory(file__width=1200, file__height=700))
    subscribe(page, live_server, screen)
    deliver_waiting_mail()
    confirm(page, live_server, screen)

    call_command("digest", "--now", "--to", "reader@example.org")
    frame = open_mail(page, live_server, "and 1 more")
    frame.get_by_role("heading", name="What recruiters read first").wait_for()
    frame.get_by_role("heading", name="How to be noticed").wait_for()
    screen(page, "digest")
    change_preferences(page, frame, screen)
    leave_and_come_back(page, frame)


def test_the_browsers_time_zone_is_chosen_until_the_reader_chooses(chromium, live_server):
    HomePageFactory()
    context = chromium.new_context(timezone_id="Asia/Kathmandu")
    page = context.new_page()
    page.goto(f"{live_server.url}/digest/subscribe/")
    expect(page.locator("[data-time-zone]")).to_have_value(re.compile("^Asia/Kat"))
    page.get_by_label("Time zone").select_option("Europe/Paris")
    page.get_by_role("button", name="Send me the digest").click()
    page.wait_for_load_state()
    assert page.get_by_label("Time zone").input_value() == "Europe/Paris"
    context.close()


def test_the_form_works_without_scripts(chromium, live_server):
    HomePageFactory()
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/digest/subscribe/")
    page.get_by_label("E-mail address").fill("reader@example.org")
    page.get_by_role("button", name="Send me the digest").click()
    page.get_by_role("heading", name="Look into your inbox").wait_for()
    assert Mail.objects.filter(recipient="reader@example.org").exists()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_mail_fits_a_phone_in_light_and_dark(chromium, live_server, screen, scheme):
    for number in range(3):
        new_article(title=f"How to be noticed, part {number}", cover=ImageFactory(file__width=1200, file__height=700))
    digest = selection.preview(areas=[marketplace()], rhythm=Rhythm.WEEKLY, now=timezone.now())
    mail = render(digest, links=Links.of_nobody(), on=date(2026, 11, 23))
    for width in (320, 700):
        size = {"width": width, "height": 900}
        context = chromium.new_context(viewport=size, color_scheme=scheme, bypass_csp=True)
        page = context.new_page()
        page.goto(live_server.url)
        page.set_content(mail.html)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        screen(page, f"mail-{scheme}-{width}")
        context.close()
