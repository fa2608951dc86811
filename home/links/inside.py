"""Links inside the portal, judged by the database: no request is made."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.models import Page, Site

from home.links.verdicts import Judgement, Verdict


def is_ours(address: str) -> bool:
    """Whether an address of the web is one of this portal."""
    try:
        host = urlsplit(address).hostname
    except ValueError:
        return False
    ours = {urlsplit(settings.BASE_URL).hostname, *Site.objects.values_list("hostname", flat=True)}
    return host is not None and host in ours


def judge_own(address: str) -> Judgement:
    kind, _colon, what = address.partition(":")
    if kind == "page":
        return _page(what)
    if kind == "document":
        there = what.isdigit() and get_document_model().objects.filter(pk=what).exists()
        return Judgement(Verdict.FINE) if there else Judgement(Verdict.GONE, _("The document was deleted."))
    if kind == "anchor":
        return _anchor(what)
    return _path(unquote(urlsplit(address).path))


def _page(pk: str) -> Judgement:
    page = Page.objects.filter(pk=pk).first() if pk.isdigit() else None
    if page is None:
        return Judgement(Verdict.GONE, _("The page was deleted."))
    if not page.live:
        return Judgement(Verdict.BROKEN, _("“%(title)s” is not published.") % {"title": page.title[:200]})
    return Judgement(Verdict.FINE)


def _anchor(what: str) -> Judgement:
    pk, _hash, name = what.partition("#")
    page = Page.objects.filter(pk=pk).first() if pk.isdigit() else None
    body = getattr(page.specific, "body", None) if page else None
    headings = {slugify(block.value["text"]) for block in body or () if block.block_type == "heading"}
    if name in headings or name.startswith("b-"):
        return Judgement(Verdict.FINE)
    return Judgement(Verdict.BROKEN, _("The page has no heading “%(name)s”.") % {"name": name[:100]})


def _path(path: str) -> Judgement:
    """An address of ours, written out: a page by its path, anything else by the table of addresses."""
    try:
        if resolve(path).url_name != "wagtail_serve":
            return Judgement(Verdict.FINE)
    except Resolver404:
        return Judgement(Verdict.GONE, _("There is no such page here."))
    roots = [site.root_page.url_path for site in Site.objects.select_related("root_page")]
    wanted = [f"{root.rstrip('/')}/{path.strip('/')}/".replace("//", "/") for root in roots]
    page = Page.objects.filter(url_path__in=wanted).first()
    if page is not None:
        return _page(str(page.pk))
    redirect = Redirect.objects.filter(old_path=Redirect.normalise_path(path)).select_related("redirect_page").first()
    if redirect:
        return Judgement(Verdict.MOVED, _("It has moved for good: use the new address."), None, redirect.link or "")
    return Judgement(Verdict.GONE, _("There is no such page here."))
