"""Addresses below /letters/: past editions, which anybody may read and the page cache may keep."""

from __future__ import annotations

from django.urls import path

from digests.views import archive as views

app_name = "letters"
urlpatterns = [
    path("", views.letters, name="list"),
    path("<slug:slug>/", views.edition, name="edition"),
]
