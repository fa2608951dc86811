from django.urls import path

from home import views
from home.feeds import AreaFeed, LatestFeed

urlpatterns = [
    path("areas/<slug:slug>/", views.area, name="area"),
    path("areas/<slug:slug>/feed/", AreaFeed(), name="area_feed"),
    path("people/<slug:slug>/", views.person, name="person"),
    path("search/", views.search, name="search"),
    path("feed/", LatestFeed(), name="feed"),
]
