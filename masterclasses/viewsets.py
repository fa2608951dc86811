"""Quotas in the admin's settings."""

from __future__ import annotations

from django.db.models import QuerySet
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from masterclasses.models import CollectionQuota


class QuotaIndexView(IndexView):
    def get_base_queryset(self) -> QuerySet[CollectionQuota]:
        quotas: QuerySet[CollectionQuota] = CollectionQuota.objects.with_used().select_related("collection")
        return quotas


class QuotaViewSet(ModelViewSet):
    model = CollectionQuota
    name = "video_quotas"
    icon = "folder-open-inverse"
    menu_label = _("Video quotas")
    menu_name = "video-quotas"
    add_to_settings_menu = True
    index_view_class = QuotaIndexView
    copy_view_enabled = False
    form_fields = ["collection", "gigabytes"]
    list_display = [
        "collection",
        Column("used", label=_("Used"), accessor=lambda quota: filesizeformat(quota.kept + quota.announced)),
        Column("limit", label=_("Limit"), accessor=lambda quota: filesizeformat(quota.max_bytes)),
    ]
    ordering = ["collection__path"]
    search_backend_name = None
    search_fields = ["collection__name"]
