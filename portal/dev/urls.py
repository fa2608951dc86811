"""Addresses below /dev/, there only in the embedded default."""

from __future__ import annotations

from django.urls import URLPattern, path

from portal.dev import style, views

app_name = "dev"
urlpatterns: list[URLPattern] = [
    path("style/", style.style, name="style"),
    path("outbox/", views.outbox, name="outbox"),
    path("outbox/<str:name>/<int:number>/", views.mail, name="mail"),
    path("outbox/<str:name>/<int:number>/html", views.html, name="mail_html"),
]
