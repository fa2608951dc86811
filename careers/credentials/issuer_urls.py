"""Where verifiers of Open Badges find the issuer. Stable for ever: credentials out in the world name them."""

from django.urls import path

from careers.credentials import views

urlpatterns = [
    path(".well-known/did.json", views.did_document, name="did_document"),
    path(".well-known/jwks.json", views.key_set, name="key_set"),
    path("credentials/issuer/", views.issuer_profile, name="credential_issuer"),
    path("credentials/status/<int:number>/", views.status_list, name="credential_status"),
]
