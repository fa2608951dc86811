from django.urls import path

from accounts import views
from accounts.privacy import views as privacy

app_name = "accounts"
urlpatterns = [
    path("profile/", views.ProfileView.as_view(), name="profile"),
    path("privacy/", privacy.overview, name="privacy"),
    path("privacy/export/", privacy.export, name="export"),
    path("privacy/delete/", privacy.delete, name="delete"),
    path("privacy/deleted/", privacy.deleted, name="deleted"),
    path("fragments/header/", views.header_fragment, name="header_fragment"),
]
