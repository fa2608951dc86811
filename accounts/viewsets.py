"""Wagtail's users section for a user whose login is the e-mail address and who has one name."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.functional import cached_property
from wagtail.users.forms import UserCreationForm as WagtailUserCreationForm
from wagtail.users.forms import UserEditForm as WagtailUserEditForm
from wagtail.users.views.users import IndexView as WagtailIndexView
from wagtail.users.views.users import UserViewSet as WagtailUserViewSet

from accounts.models import User


class UserCreationForm(WagtailUserCreationForm):
    first_name = None
    last_name = None

    class Meta(WagtailUserCreationForm.Meta):
        fields = ("email", "name", "time_zone", "is_superuser", "groups")


class UserEditForm(WagtailUserEditForm):
    first_name = None
    last_name = None

    class Meta(WagtailUserEditForm.Meta):
        fields = ("email", "name", "time_zone", "is_active", "is_superuser", "groups")


class IndexView(WagtailIndexView):
    @cached_property
    def search_fields(self) -> set[str]:
        return {"name", "email"}

    def order_queryset(self, queryset: QuerySet[User]) -> QuerySet[User]:
        if self.ordering in {"name", "-name"}:
            return queryset.order_by(self.ordering)
        ordered: QuerySet[User] = super().order_queryset(queryset)
        return ordered


class UserViewSet(WagtailUserViewSet):
    index_view_class = IndexView

    def get_form_class(self, for_update: bool = False) -> type[UserCreationForm] | type[UserEditForm]:
        return UserEditForm if for_update else UserCreationForm
