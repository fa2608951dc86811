"""Every page that a person can meet is looked at by the browser tests, or a reason stands here."""

from __future__ import annotations

import pytest

from home.checks import our_page_types
from tests.addresses import ADMINS, all_addresses
from tests.browser.screens import digests, doors, personal, reading

SEEN = {*reading.NAMES, *personal.NAMES, *digests.NAMES, *doors.NAMES}
#: By reason, the names of addresses that show no page of their own.
NO_PAGE = {
    "takes what a form sends, and leads back": {
        "careers:delete_note",
        "careers:restore_note",
        "careers:renew_feed",
        "careers:end_feed",
        "careers:keep",
        "careers:drop",
        "careers:write_note",
        "careers:enrol",
        "careers:leave",
        "careers:done",
        "careers:undo",
        "careers:get_certificate",
        "careers:hide_certificate",
        "masterclasses:follow",
        "masterclasses:unfollow",
    },
    "is for scripts and other machines": {
        "careers:place",
        "careers:reading",
        "careers:opened",
        "careers:kept_preview",
        "careers:kept_take",
        "masterclasses:beats",
        "masterclasses:remote_webhook",
        "masterclasses:remote_source",
        "digests:events",
        "health_live",
        "health_ready",
        "mfa_login_webauthn",
        "mfa_reauthenticate_webauthn",
        "account_confirm_login_code",
    },
    "is a file": {"mfa_download_recovery_codes", "digests:data", "masterclasses:file"},
    "leads elsewhere": {"digests:preferences", "digests:to", "wagtailcore_login", "account_set_password"},
    "is a part of another page, or shown in a frame": {"digests:coming", "dev:mail_html"},
    "is for developers, and has tests of its own in test_look.py": {"dev:style", "dev:outbox", "dev:mail"},
    "is looked at in the browser tests of accounts, with a device that makes keys": {
        "mfa_authenticate",
        "mfa_activate_totp",
        "mfa_remove_webauthn",
        "mfa_edit_webauthn",
    },
    "is Wagtail's own form for a shared password, which the settings turn off": {
        "wagtailcore_authenticate_with_password",
        "wagtaildocs_authenticate_with_password",
    },
}
FILES = (".vtt", ".ics", ".csv", ".md", ".xml", ".txt", ".json", ".pdf", ".jwt", ".css")


def shows_no_page(address) -> bool:
    path, name = address.path, address.name
    is_part = "/fragments/" in path or "/feed" in path or path.startswith(("/media/", "/documents/", "/credentials/"))
    return is_part or path.endswith(FILES) or any(name in names for names in NO_PAGE.values())


def test_every_address_that_shows_a_page_is_looked_at():
    public = [each for each in all_addresses() if each.name and not each.path.startswith((*ADMINS, "/_util/"))]
    unseen = {each.name for each in public if not shows_no_page(each)} - SEEN - {"wagtail_serve"}
    assert unseen == set(), "give each a Screen in tests/browser/screens/, or a reason here"


@pytest.mark.parametrize("model", our_page_types())
def test_every_page_type_is_looked_at(model):
    assert model.__name__ in reading.NAMES, "give it a Screen in tests/browser/screens/reading.py"


def test_no_reason_stands_here_for_an_address_that_is_gone():
    names = {address.name for address in all_addresses()}
    assert set().union(*NO_PAGE.values()) - names == set()
