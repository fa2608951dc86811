"""Addresses below /digest/. Those that mail carries are short: a List-Unsubscribe address has 75 characters."""

from __future__ import annotations

from django.urls import path

from digests.views import clicks, preferences
from digests.views import subscribing as views
from digests.views.events import provider_events

app_name = "digests"
urlpatterns = [
    path("", views.start),
    path("subscribe/", views.SubscribeView.as_view(), name="subscribe"),
    path("check-your-mail/", views.asked, name="asked"),
    path("fragments/short-form/", views.short_form, name="short_form"),
    path("preferences/", preferences.own_preferences, name="preferences"),
    path("to/<int:edition>/<int:page>/", clicks.follow, name="to"),
    path("events/<slug:provider>/", provider_events, name="events"),
    path("c/<str:token>", views.ConfirmView.as_view(), name="confirm"),
    path("u/<str:token>", views.UnsubscribeView.as_view(), name="unsubscribe"),
    path("p/<str:token>", preferences.PreferencesView.as_view(), name="preferences_by_link"),
    path("p/<str:token>/next", preferences.ComingView.as_view(), name="coming"),
    path("p/<str:token>/data", preferences.DataView.as_view(), name="data"),
    path("p/<str:token>/erase", preferences.EraseView.as_view(), name="erase"),
    path("r/<str:token>", views.ReturnView.as_view(), name="return"),
]
