"""Addresses of Wagtail's and Django's own that stand before theirs, so that there is one door with one set of limits.

Included at the root, ahead of both admins and of Wagtail's pages.
"""

from __future__ import annotations

from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.generic import RedirectView
from wagtail.admin.auth import require_admin_access

from accounts import views
from accounts.wagtail_account import AccountView

urlpatterns = [
    path("admin/login/", views.admin_door, name="wagtailadmin_login"),
    path("admin/account/", never_cache(require_admin_access(AccountView.as_view())), name="wagtailadmin_account"),
    path("django-admin/login/", views.admin_door),
    path("django-admin/password_change/", RedirectView.as_view(pattern_name="account_change_password")),
    path("_util/login/", views.to_sign_in, name="wagtailcore_login"),
]
