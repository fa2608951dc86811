"""A certificate's public addresses, below /c/."""

from django.urls import path

from careers.credentials import views

app_name = "certificates"

urlpatterns = [
    path("<str:code>/", views.certificate, name="certificate"),
    path("<str:code>/certificate.pdf", views.pdf, name="pdf"),
    path("<str:code>/badge.jwt", views.badge, name="badge"),
]
