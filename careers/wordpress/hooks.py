from __future__ import annotations

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from careers.views import wordpress
from home.admin_menu import PermittedViewSet


class WordPressImportViewSet(PermittedViewSet):
    name = "wordpress-import"
    url_namespace = "wordpress_import"
    icon = "upload"
    menu_label = _("Import from WordPress")
    menu_order = 900
    add_to_settings_menu = True
    permission = wordpress.PERMISSION

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", wordpress.ImportsView.as_view(), name="index"),
            path("<int:pk>/", wordpress.ImportView.as_view(), name="one"),
            path("<int:pk>/report.csv", wordpress.download, name="report"),
        ]


@hooks.register("register_admin_viewset")
def wordpress_import() -> WordPressImportViewSet:
    return WordPressImportViewSet()
