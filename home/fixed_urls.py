"""Addresses that are the same in every language."""

from django.urls import path
from wagtail.contrib.sitemaps import views as sitemap_views

from home import views
from home.sitemaps import SITEMAPS

urlpatterns = [
    path(
        "sitemap.xml",
        sitemap_views.index,
        {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap_section"},
        name="sitemap",
    ),
    path("sitemap-<section>.xml", sitemap_views.sitemap, {"sitemaps": SITEMAPS}, name="sitemap_section"),
    path("look/<slug:digest>.css", views.stylesheet, name="stylesheet"),
    path("robots.txt", views.robots, name="robots"),
]
