"""Areas and people in the admin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import UpdatedAtColumn
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from home.models import Area, Person


class AreaViewSet(SnippetViewSet):
    model = Area
    icon = "tag"
    menu_label = _("Areas")
    menu_order = 10
    list_display = ["title", "summary", "sort_order", UpdatedAtColumn()]
    search_fields = ["title", "summary"]
    ordering = ["sort_order", "title"]


class PersonViewSet(SnippetViewSet):
    model = Person
    icon = "user"
    menu_label = _("People")
    menu_order = 20
    list_display = ["name", "role", "organisation", UpdatedAtColumn()]
    list_filter = ["organisation"]
    search_fields = ["name", "role", "organisation"]
    ordering = ["name"]


class CommunityViewSetGroup(SnippetViewSetGroup):
    items = (AreaViewSet, PersonViewSet)
    menu_icon = "group"
    menu_label = _("Community")
    menu_name = "community"
    menu_order = 250
