"""Accounts as a person meets them, in a real browser."""

from __future__ import annotations

import re

from django.core.cache import cache

from jobs.models import Mail
from tests.factories.accounts import PASSWORD, AdminFactory, PersonFactory


def sign_in(page, address, password=PASSWORD):
    page.get_by_label("Email").fill(address)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_sign_up_read_the_mail_confirm_sign_in_profile_sign_out(page, live_server, screen):
    page.goto(f"{live_server.url}/accounts/signup/")
    screen(page, "sign-up")
    page.get_by_label("Your name").fill("Amara Okonjo")
    page.get_by_label("Email").fill("amara@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password (again)").fill(PASSWORD)
    page.get_by_role("button", name="Make an account").click()
    page.get_by_role("heading", name="Look into your inbox").wait_for()
    screen(page, "look-into-your-inbox")

    mail = Mail.objects.get(recipient="amara@example.org")
    letter = page.context.new_page()
    letter.set_content(mail.html)
    screen(letter, "mail")
    letter.close()
    page.set_content(mail.html)
    page.get_by_role("link", name="Confirm this address").click()
    page.get_by_role("button", name="Yes, confirm it").click()

    page.get_by_role("heading", name="Sign in").wait_for()
    screen(page, "sign-in")
    sign_in(page, "amara@example.org")
    page.wait_for_url(f"{live_server.url}/")

    page.goto(f"{live_server.url}/accounts/profile/")
    page.get_by_role("link", name=re.compile("Amara")).first.wait_for()
    page.get_by_label("Time zone").select_option("Asia/Kathmandu")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Your profile is saved.").wait_for()
    assert page.get_by_label("Time zone").input_value() == "Asia/Kathmandu"
    screen(page, "profile")

    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{live_server.url}/accounts/profile/")
    assert "/accounts/login/?next=/accounts/profile/" in page.url


def test_the_admin_is_entered_by_the_same_door(page, live_server):
    cache.clear()
    admin = AdminFactory()
    page.goto(f"{live_server.url}/admin/")
    assert page.url == f"{live_server.url}/accounts/login/?next=/admin/"
    sign_in(page, admin.email)
    page.wait_for_url(f"{live_server.url}/admin/")
    page.get_by_role("navigation").first.wait_for()


def test_a_passkey_is_added_and_signs_the_person_in(page, context, live_server, screen):
    person = PersonFactory()
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    site = live_server.url.replace("127.0.0.1", "localhost")

    page.goto(f"{site}/accounts/login/?next=/accounts/2fa/")
    sign_in(page, person.email)
    screen(page, "second-factor")
    page.get_by_role("link", name="Add a key").click()
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Passwordless").check()
    screen(page, "add-a-key")
    page.get_by_role("button", name="Add the key").click()
    page.get_by_role("heading", name="Your recovery codes").wait_for()
    screen(page, "recovery-codes")

    page.goto(f"{site}/accounts/logout/")
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{site}/accounts/login/?next=/accounts/profile/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(f"{site}/accounts/profile/")
    screen(page, "profile-after-passkey")


def test_no_page_of_the_door_breaks_the_content_security_policy(page, live_server):
    said = []
    page.on("console", lambda message: said.append(message.text))
    for path in ("login", "signup", "password/reset", "confirm-email", "inactive"):
        page.goto(f"{live_server.url}/accounts/{path}/")
    assert not [text for text in said if "Content Security Policy" in text]


def test_signing_in_fits_a_phone_in_the_dark(chromium, live_server, screen):
    context = chromium.new_context(viewport={"width": 360, "height": 740}, color_scheme="dark", reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{live_server.url}/accounts/login/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    screen(page, "phone")
    context.close()
