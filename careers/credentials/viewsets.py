"""Certificates in the admin: which there are, whose, and whether they hold."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from careers.credentials import desk
from careers.credentials.codes import read_code
from careers.models import Credential
from home.models import ContentKind

State = Credential.State
CERTIFIED = [(kind.value, kind.label) for kind in (ContentKind.PATH, ContentKind.MASTERCLASS)]


class CertificateFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(label=_("State"), choices=State.choices, method="in_state")
    kind = django_filters.ChoiceFilter(label=_("For"), choices=CERTIFIED)
    issued_at = django_filters.DateFromToRangeFilter(label=_("Issued"))

    class Meta:
        model = Credential
        fields = ["state", "kind", "issued_at"]

    def in_state(self, certificates: Any, name: str, state: str) -> QuerySet[Credential]:
        found: QuerySet[Credential] = certificates.in_state(state)
        return found


class CertificateIndexView(IndexView):
    def get_base_queryset(self) -> QuerySet[Credential]:
        certificates: QuerySet[Credential] = super().get_base_queryset().select_related("person")
        return certificates

    def search_queryset(self, queryset: Any) -> Any:
        """A code may be typed as it is printed."""
        if code := read_code(self.search_query or ""):
            return queryset.filter(code=code)
        return super().search_queryset(queryset)


class CertificateViewSet(ModelViewSet):
    model = Credential
    name = "certificates"
    url_namespace = "certificates_desk"
    icon = "form"
    menu_label = _("Certificates")
    menu_name = "certificates"
    menu_order = 270
    add_to_admin_menu = True
    index_view_class = CertificateIndexView
    inspect_view_class = desk.CertificateInspectView
    inspect_view_enabled = True
    copy_view_enabled = False
    form_fields = ["name"]
    inspect_view_fields = [
        "code",
        "state",
        "person",
        "name",
        "title",
        "kind",
        "page",
        "completed_at",
        "issued_at",
        "expires_at",
        "minutes",
        "evidence",
        "hidden",
        "replaces",
        "revoked_at",
        "revoked_reason",
    ]
    list_display = [
        TitleColumn("code", label=_("Code"), accessor="printed_code", get_url=lambda row: row.get_absolute_url()),
        Column("person", label=_("Person")),
        Column("name", label=_("Name on it"), sort_key="name"),
        Column("title", label=_("For"), sort_key="title"),
        DateColumn("issued_at", label=_("Issued"), sort_key="issued_at"),
        StatusTagColumn("state", label=_("State"), accessor="state.label", primary=lambda row: row.is_valid),
    ]
    filterset_class = CertificateFilterSet
    search_fields = ["code", "name", "title", "person__email", "person__name"]
    search_backend_name = None
    ordering = ["-issued_at", "-pk"]
    list_export = ["printed_code", "person.email", "name", "title", "completed_at", "issued_at", "expires_at", "state"]

    def get_inspect_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        inspect: dict[str, Any] = super().get_inspect_view_kwargs(**kwargs)
        return inspect | {"revoke_url_name": self.get_url_name("revoke")}

    @property
    def revoke_view(self) -> Any:
        names = {"index_url_name": self.get_url_name("index"), "inspect_url_name": self.get_url_name("inspect")}
        return self.construct_view(desk.RevokeView, **names)

    def get_urlpatterns(self) -> list[URLPattern]:
        patterns: list[URLPattern] = super().get_urlpatterns()
        return [*patterns, path("revoke/<int:pk>/", self.revoke_view, name="revoke")]
