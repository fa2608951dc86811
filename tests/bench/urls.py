"""The portal's addresses and, before them, the floor that every other figure is compared with."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from portal.urls import urlpatterns as portal_urlpatterns

BODY = b"<!doctype html><title>Constant</title>" + b"." * 1000


def constant(request: HttpRequest) -> HttpResponse:
    return HttpResponse(BODY)


urlpatterns = [path("bench/constant/", constant), *portal_urlpatterns]
