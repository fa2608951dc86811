"""Writes of the home floor."""

from __future__ import annotations

from urllib.parse import urlsplit

from wagtail.models import Site

PORTS = {"http": 80, "https": 443}


def give_site_its_address(*, base_url: str) -> None:
    """Make the default site's host and port those of `base_url`, so that full addresses of pages lead there."""
    parts = urlsplit(base_url)
    hostname, port = parts.hostname or "localhost", parts.port or PORTS[parts.scheme]
    site = Site.objects.filter(is_default_site=True).first()
    if site is None or (site.hostname, site.port) == (hostname, port):
        return
    if Site.objects.filter(hostname=hostname, port=port).exists():
        return
    site.hostname, site.port = hostname, port
    site.save()
