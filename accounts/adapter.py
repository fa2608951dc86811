"""Sign-up, sign-in and their mail, as allauth asks for them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string

from accounts.mail import html_parts
from home.languages import home_address
from jobs.mail import render_mail, send_mail_later
from jobs.naming import portal_name


class AccountAdapter(DefaultAccountAdapter):
    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue the mail: neither a broken mail server nor a broken broker breaks the request that asked for it."""
        words = {
            **{name: _on_our_address(value) for name, value in context.items()},
            "email": email,
            "site_name": portal_name(),
            "base_url": settings.BASE_URL,
        }
        subject = " ".join(render_to_string(f"{template_prefix}_subject.txt", words).split())
        message = render_to_string(f"{template_prefix}_message.txt", words).strip()
        parts = html_parts(message)
        text, html = render_mail("account", {**words, "subject": subject, "message": message, "parts": parts})
        send_mail_later(recipient=email, subject=subject, text=text, html=html)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The front page in the language of the page on which they signed in."""
        return home_address()

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return home_address()

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count failed sign-ins by address alone: allauth adds the Host header, whose port anybody may vary."""
        login: str = credentials.get("email") or ""
        return login.lower()


class MFAAdapter(DefaultMFAAdapter):
    def _get_site_name(self) -> str:
        """What authenticator apps and security keys call this site; allauth would say the Host header."""
        return portal_name()


def _on_our_address(value: Any) -> Any:
    """Links in mail begin with BASE_URL, whatever host the request came by."""
    if not isinstance(value, str) or not value.startswith(("http://", "https://")):
        return value
    parts = urlsplit(value)
    return f"{settings.BASE_URL}{parts.path}{f'?{parts.query}' if parts.query else ''}"
