"""The Digests section of the admin: editions, subscribers, deliveries and figures."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import URLPattern, path
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from digests.delivery.delivery_viewset import DeliveryViewSet
from digests.delivery.log_viewset import ReconcileViewSet
from digests.delivery.run_viewset import RunViewSet
from digests.edition_viewsets import EditionViewSet, FiguresViewSet
from digests.models import Subscriber
from digests.views import importing
from home.admin_menu import PermittedViewSet

EXPORTED = ("rhythm", "weekday", "month_day", "hour", "time_zone", "language")


def next_due(subscriber: Subscriber) -> str:
    """A time to come, which Wagtail's own column would call “just now”."""
    return date_format(localtime(subscriber.next_due_at), "SHORT_DATETIME_FORMAT") if subscriber.next_due_at else ""


class SubscriberIndexView(IndexView):
    def get_base_queryset(self) -> QuerySet[Subscriber]:
        subscribers: QuerySet[Subscriber] = super().get_base_queryset().prefetch_related("areas")
        return subscribers


class SubscriberViewSet(ModelViewSet):
    model = Subscriber
    name = "subscribers"
    icon = "mail"
    menu_label = _("Subscribers")
    menu_order = 10
    index_view_class = SubscriberIndexView
    copy_view_enabled = False
    inspect_view_enabled = True
    form_fields = ["rhythm"]
    inspect_view_fields = [
        "email",
        "status",
        "person",
        "areas",
        "rhythm",
        "weekday",
        "month_day",
        "hour",
        "time_zone",
        "next_due_at",
        "created_at",
        "confirmed_at",
        "unsubscribed_at",
    ]
    list_display = [
        "email",
        StatusTagColumn(
            "status",
            label=_("Status"),
            accessor="get_status_display",
            primary=lambda subscriber: subscriber.status == Subscriber.Status.CONFIRMED,
        ),
        Column("rhythm", label=_("How often"), accessor="get_rhythm_display", sort_key="rhythm"),
        Column(
            "areas",
            label=_("Areas"),
            accessor=lambda subscriber: ", ".join(area.local.title for area in subscriber.areas.all()),
        ),
        DateColumn("confirmed_at", label=_("Confirmed"), sort_key="confirmed_at"),
        Column("next_due_at", label=_("Next digest"), accessor=next_due, sort_key="next_due_at"),
    ]
    list_filter = ["status", "rhythm", "areas"]
    #: The columns that an import takes, so that a list can leave and come back.
    list_export = ["email", "status", "area_slugs", *EXPORTED, "created_at", "confirmed_at", "unsubscribed_at"]
    export_headings = {"email": "email", "area_slugs": "areas"} | {name: name for name in ("status", *EXPORTED)}
    export_filename = "subscribers"
    search_fields = ["email"]
    search_backend_name = None
    ordering = ["-created_at", "-pk"]


class SubscriberImportViewSet(PermittedViewSet):
    name = "subscriber-import"
    url_namespace = "subscriber_import"
    icon = "upload"
    menu_label = _("Import subscribers")
    menu_order = 15
    permission = importing.PERMISSION

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", importing.ImportView.as_view(), name="index"),
            path("<int:pk>/", importing.LookView.as_view(), name="look"),
        ]


class DigestsViewSetGroup(ViewSetGroup):
    items = (
        EditionViewSet,
        SubscriberViewSet,
        SubscriberImportViewSet,
        RunViewSet,
        DeliveryViewSet,
        ReconcileViewSet,
        FiguresViewSet,
    )
    menu_icon = "mail"
    menu_label = _("Digests")
    menu_name = "digests"
    menu_order = 260
