"""In which language a page is read: the address says it (`docs/adr/0029-languages.md`).

Addresses of the default language have no prefix; every other language has its code in front: `/de/library/`.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, get_language_from_path
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Site


def active() -> str:
    """Return the code of the content's language that goes with the language that is active."""
    return content_language(get_language() or settings.LANGUAGE_CODE)


def content_language(code: str) -> str:
    """Return the code of the content's language for a wish, which may be one that the site has dropped."""
    try:
        return str(get_supported_content_language_variant(code))
    except LookupError:
        return settings.LANGUAGE_CODE


def without_prefix(path: str) -> str:
    """Return the path as it is in the default language: `/de/learning/` is `/learning/`."""
    code = get_language_from_path(path)
    return path[len(code) + 1 :] if code and path.startswith(f"/{code}/") else path


def prefixes() -> list[str]:
    """Return what may stand before an address: nothing, and each further language."""
    return ["", *(f"/{code}" for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE)]


def home_address() -> str:
    """Return the path of the front page in the active language."""
    return reverse("wagtail_serve", args=[""])


def root_of(site: Site) -> Any:
    """Return the front page in the active language, or the site's own where there is no such translation."""
    return site.root_page if active() == settings.LANGUAGE_CODE else site.root_page.localized


def offered() -> list[tuple[str, str]]:
    """Return the languages (code, name) in which there is something to read: their front page is published."""
    site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
    if site is None or len(settings.LANGUAGES) < 2:
        return list(settings.LANGUAGES[:1])
    pages = site.root_page.get_translations(inclusive=True).live()
    live = set(pages.values_list("locale__language_code", flat=True)) | {settings.LANGUAGE_CODE}
    return [(code, name) for code, name in settings.LANGUAGES if code in live]
