"""The same page in other languages, for search engines and for people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from wagtail.models import Page

from home import languages
from home.querysets import unrestricted

register = template.Library()


@dataclass(frozen=True)
class LanguageLink:
    """`name` in the language's own words; `same` is whether `url` is this very page and not the front page."""

    code: str
    name: str
    url: str
    same: bool
    current: bool

    @property
    def full_url(self) -> str:
        return self.url if "://" in self.url else f"{settings.BASE_URL}{self.url}"

    @property
    def default(self) -> bool:
        return self.code == settings.LANGUAGE_CODE


@register.simple_tag(takes_context=True)
def language_links(context: template.Context) -> list[LanguageLink]:
    """Return a link for each language that has a front page; none where there is one language alone.

    Costs one query, for a page of the tree on a site of several languages, and that once for each request.
    """
    request, shell = context.get("request"), context.get("shell")
    homes: dict[str, str] = shell["homes"] if request and shell else {}
    if len(homes) < 2 or request is None:
        return []
    known: list[LanguageLink] | None = getattr(request, "_portal_languages", None)
    if known is None:
        known = _links(homes, _same(request, context.get("page"), homes))
        request._portal_languages = known
    return known


def _links(homes: dict[str, str], same: dict[str, str]) -> list[LanguageLink]:
    here = languages.active()
    return [
        LanguageLink(code, name, same.get(code) or homes[code], code in same, code == here)
        for code, name in settings.LANGUAGES
        if code in homes
    ]


def _same(request: HttpRequest, page: Any, homes: dict[str, str]) -> dict[str, str]:
    """The addresses of this page by language: of its translations, or of the same view."""
    if isinstance(page, Page):
        key = page.translation_key
        rows = Page.objects.live().filter(unrestricted(), translation_key=key).select_related("locale")
        return {row.locale.language_code: row.get_url(request) or "" for row in rows} if page.pk else {}
    match = request.resolver_match
    if match is None or match.view_name == "wagtail_serve":
        return {}
    return {code: translate_url(request.path, code) for code in homes}
