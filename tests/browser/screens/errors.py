"""Addresses that end in an error, and one that every page of errors can be seen at."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from portal.urls import urlpatterns as portal_urlpatterns
from tests.browser.screens.screen import Screen, Screens

TEMPLATES = ("403", "403_csrf", "404", "429", "500")


def error(request: HttpRequest, name: str) -> HttpResponse:
    return render(request, f"{name}.html", status=int(name[:3]))


urlpatterns = [path("errors/<str:name>/", error), *portal_urlpatterns]


def screens() -> Screens:
    for name in TEMPLATES:
        yield Screen(name, f"/errors/{name}/")
