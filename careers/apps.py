from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CareersConfig(AppConfig):
    name = "careers"
    verbose_name = _("Careers")

    def ready(self) -> None:
        from careers import privacy, receivers
        from careers.credentials import checks
        from careers.credentials import receivers as credentials
        from careers.desk import registering as desk
        from careers.learning import stops
        from careers.learning.browser_bookmarks import BrowserBookmarks
        from careers.learning.reading_stops import reading_stops
        from careers.progress import rules, sections
        from careers.progress.reading_rule import READABLE_KINDS, ReadingRule
        from careers.progress.reading_section import SECTION, ReadingSection
        from careers.progress.resource_rule import ResourceRule
        from home import makers
        from home.models import ContentKind

        desk.register()
        receivers.connect()
        privacy.register()
        reading = ReadingRule()
        for kind in READABLE_KINDS:
            rules.register(kind, reading)
        rules.register(ContentKind.RESOURCE, ResourceRule())
        credentials.connect()
        checks.connect()
        sections.register(SECTION, ReadingSection())
        makers.register("careers.ArticleAuthor", page="article")
        stops.register("reading", reading_stops)
        sections.register("bookmarks", BrowserBookmarks())
        self.register_kinds_of_work()

    def register_kinds_of_work(self) -> None:
        from careers.models import PageSettlement, WordPressImport
        from jobs.registry import JobKind, register

        label, related = _("People judged by a changed page"), ("page",)
        register(
            JobKind(PageSettlement, label, "careers.settle_pages", "events", wake_each=False, select_related=related)
        )
        label = _("Import from WordPress")
        register(JobKind(WordPressImport, label, "careers.import_wordpress", "periodic", wakes_per_sweep=5))
