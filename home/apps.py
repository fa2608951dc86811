from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_delete, post_migrate, post_save
from django.utils.translation import gettext_lazy as _
from wagtail.signals import page_published


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Home")

    def ready(self) -> None:
        from home import checks, translating  # noqa: F401 - the checks register themselves

        register_desk()
        register_links()
        translating.connect()
        register_name()
        post_migrate.connect(give_site_its_address, sender=self, dispatch_uid="home-site-address")


def give_site_its_address(**kwargs: Any) -> None:
    """BASE_URL is the one place where the portal's address is said; every migration carries it to the site."""
    from home import actions

    actions.give_site_its_address(base_url=settings.BASE_URL)


def register_name() -> None:
    from home.models import SiteIdentity
    from home.naming import forget, name_of_portal
    from jobs.naming import named_by

    named_by(name_of_portal)
    for signal in (post_save, post_delete):
        signal.connect(forget, sender=SiteIdentity, dispatch_uid="home.forget_name")


def register_desk() -> None:
    from home.desk import (
        calendar,
        content_checks,
        needs,
        own_checks,
        page_needs,
        page_schedule,
        review_needs,
        reviewing,
        schedule,
    )

    needs.register("reviews", page_needs.reviews, order=10)
    needs.register("clashes", calendar.clashes_ahead, order=25)
    needs.register("drafts", page_needs.drafts, order=40)
    needs.register("in-review", page_needs.in_review, order=45)
    schedule.register("pages", page_schedule.scheduled_pages)
    needs.register("stale-pages", review_needs.stale_pages, order=50)
    content_checks.register("basics", own_checks.missing_basics)
    page_published.connect(reviewing.page_was_published, dispatch_uid="home.page_was_published")


def register_links() -> None:
    from home.desk import content_checks, needs
    from home.links import receivers, selectors
    from home.models import WebLink
    from jobs.registry import JobKind, register

    receivers.connect()
    needs.register("broken-links", selectors.need, order=60)
    content_checks.register("links", selectors.findings)
    register(
        JobKind(
            model=WebLink,
            label=_("Check of a link"),
            task="home.check_links",
            queue="periodic",
            wake_each=False,
            wakes_per_sweep=2,
        )
    )
