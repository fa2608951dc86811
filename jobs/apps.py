from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    name = "jobs"
    verbose_name = _("Jobs")

    def ready(self) -> None:
        from jobs.models import DailyLetter, Mail
        from jobs.registry import JobKind, register

        register(JobKind(model=Mail, label=_("Mail"), task="jobs.deliver_mail", queue="mail-now"))
        register(
            JobKind(
                model=DailyLetter,
                label=_("Daily letter"),
                task="jobs.write_letter",
                queue="mail-bulk",
                select_related=("recipient",),
            )
        )
