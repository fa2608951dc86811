"""Deliveries in the Digests section of the admin."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn
from wagtail.admin.views.generic import IndexView, InspectView
from wagtail.admin.viewsets.model import ModelViewSet

from digests.models import Delivery
from digests.views import unknown

Outcome = Delivery.Outcome
PRIMARY = {Outcome.SENT, Outcome.OPEN}


class DeliveryFilterSet(WagtailFilterSet):
    outcome = django_filters.ChoiceFilter(label=_("Outcome"), choices=Outcome.choices)

    class Meta:
        model = Delivery
        fields = ["outcome", "skip"]


class DeliveryIndexView(IndexView):
    def get_base_queryset(self) -> QuerySet[Delivery]:
        deliveries: QuerySet[Delivery] = super().get_base_queryset().select_related("subscriber")
        return deliveries


class DeliveryInspectView(InspectView):
    template_name = "digests/admin/delivery.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_settle = self.object.outcome == Outcome.UNKNOWN and self.request.user.has_perm(unknown.PERMISSION)
        return {**super().get_context_data(**kwargs), "may_settle": may_settle}


class DeliveryViewSet(ModelViewSet):
    model = Delivery
    name = "deliveries"
    icon = "history"
    menu_label = _("Deliveries")
    menu_order = 20
    index_view_class = DeliveryIndexView
    inspect_view_class = DeliveryInspectView
    copy_view_enabled = False
    inspect_view_enabled = True
    form_fields = ["period_key"]
    inspect_view_fields = [
        "subscriber",
        "period_key",
        "due_at",
        "outcome_label",
        "receipt",
        "reason",
        "attempts",
        "copies",
        "message_id",
        "items",
        "started_at",
        "finished_at",
        "next_try_at",
    ]
    list_display = [
        "subscriber",
        Column("period_key", label=_("Period")),
        DateColumn("due_at", label=_("Due"), sort_key="due_at"),
        StatusTagColumn(
            "outcome",
            label=_("Outcome"),
            accessor="outcome_label",
            primary=lambda delivery: delivery.outcome in PRIMARY,
            sort_key="outcome",
        ),
        Column("reason", label=_("Reason")),
        DateColumn("finished_at", label=_("Ended"), sort_key="finished_at"),
    ]
    filterset_class = DeliveryFilterSet
    search_fields = ["subscriber__email", "period_key"]
    search_backend_name = None
    ordering = ["-pk"]

    def get_urlpatterns(self) -> list[URLPattern]:
        settle = path("settle/<int:pk>/<str:how>/", unknown.settle_one, name="settle")
        return [*super().get_urlpatterns(), settle]
