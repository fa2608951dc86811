"""Every address of the portal, floor by floor; Wagtail's pages take what is left."""

from __future__ import annotations

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from accounts.views import admin_door
from home import views as home_views
from portal.media import rendition

admin.autodiscover()
admin.site.login = admin_door  # type: ignore[method-assign]

#: The same in every language.
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("accounts.doors")),
    path("admin/", include(wagtailadmin_urls)),
    path("django-admin/", admin.site.urls),
    path("documents/", include(wagtaildocs_urls)),
    path("health/", include("portal.health.urls")),
    path("", include("careers.credentials.issuer_urls")),
    path("media/images/<path:name>", rendition, name="rendition"),
    path("", include("home.fixed_urls")),
]
if settings.EMBEDDED:
    urlpatterns += [path("dev/", include("portal.dev.urls"))]
#: With the language in front, but for the default one: /learning/ and /de/learning/.
urlpatterns += i18n_patterns(
    path("accounts/", include("accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("digest/", include("digests.urls")),
    path("letters/", include("digests.letter_urls")),
    path("watch/", include("masterclasses.urls")),
    path("learning/", include("careers.urls")),
    path("c/", include("careers.credentials.urls")),
    path("", include("home.urls")),
    re_path(wagtail_urls.serve_pattern, home_views.page, name="wagtail_serve"),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)
