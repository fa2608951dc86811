from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MasterclassesConfig(AppConfig):
    name = "masterclasses"
    verbose_name = _("Masterclasses")

    def ready(self) -> None:
        from careers.learning import stops
        from careers.paths import readiness
        from home import excerpts, makers
        from masterclasses import checks, path_checks, privacy, receivers  # noqa: F401 - checks register themselves
        from masterclasses.captions.search import find_sentences
        from masterclasses.desk import registering as desk
        from masterclasses.remote import receivers as remote_receivers
        from masterclasses.watching import registering
        from masterclasses.watching.stops import watching_stops

        desk.register()
        receivers.connect()
        privacy.register()
        remote_receivers.connect()
        makers.register("masterclasses.MasterclassPresenter", page="masterclass")
        excerpts.register(find_sentences)
        readiness.register("masterclasses", path_checks.shortcomings)
        registering.register()
        stops.register("watching", watching_stops)
        self.register_kinds_of_work()

    def register_kinds_of_work(self) -> None:
        from jobs.registry import JobKind, register
        from masterclasses.models import PartNews, Piece, Premiere, PublishWish, RemoteJob, Transcode

        register(
            JobKind(
                model=Transcode,
                label=_("Video encoding"),
                task="masterclasses.transcode",
                queue="transcode",
                wakes_per_sweep=10,
                select_related=("video",),
            )
        )
        register(
            JobKind(
                model=Piece,
                label=_("Piece of a video"),
                task="masterclasses.work",
                queue="transcode",
                wake_each=False,
                chunk=1,
                wakes_per_sweep=10,
                select_related=("transcode__video",),
            )
        )
        for model, label, task, queue, each, related in (
            (RemoteJob, _("Remote encode"), "remote", "events", True, ("transcode__video",)),
            (PublishWish, _("Publishing with its video"), "publish_part", "events", True, ("part", "person")),
            (Premiere, _("New part"), "premiere", "mail-bulk", True, ("part",)),
            (PartNews, _("News of a part"), "send_part_news", "mail-bulk", False, ("part", "person")),
        ):
            register(JobKind(model, label, f"masterclasses.{task}", queue, wake_each=each, select_related=related))
