from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DigestsConfig(AppConfig):
    name = "digests"
    verbose_name = _("Digests")

    def ready(self) -> None:
        from digests import privacy, signals  # noqa: F401
        from digests.desk import registering as desk
        from digests.models import Delivery
        from jobs.registry import JobKind, register

        desk.register()
        privacy.register()
        register(
            JobKind(
                model=Delivery,
                label=_("Digest"),
                task="digests.send",
                queue="mail-bulk",
                wake_each=False,
                select_related=("subscriber",),
            )
        )
