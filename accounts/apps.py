from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Accounts")
    default = True

    def ready(self) -> None:
        from accounts import signals  # noqa: F401 - connects the receivers
        from accounts.groups import sync_groups
        from accounts.privacy import defaults

        post_migrate.connect(sync_groups, sender=self, dispatch_uid="sync-groups")
        defaults.register()


class UsersConfig(WagtailUsersAppConfig):
    """Wagtail's users section, with forms for our own user model."""

    user_viewset = "accounts.viewsets.UserViewSet"
