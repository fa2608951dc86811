"""Articles, resources and learning paths in the admin, with how many have done each, in bands."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Count
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

from careers.models import ArticlePage, Completion, Enrolment, LearningPathPage, ResourcePage
from careers.reports.bands import band
from home.desk.listings import MAKERS, MINOR, STATE, TITLE, ContentListing, FactColumn


def done_by(ids: Sequence[int]) -> dict[int, str]:
    rows = Completion.objects.filter(page__in=ids).order_by().values_list("page").annotate(Count("pk"))
    return {page: band(number).words for page, number in rows}


def finished_by(ids: Sequence[int]) -> dict[int, str]:
    finished = Enrolment.objects.filter(path__in=ids, finished_at__isnull=False).order_by()
    return {path: band(number).words for path, number in finished.values_list("path").annotate(Count("pk"))}


FORM = Column("kind", label=_("Form"), accessor="get_form_display", classname=MINOR)
DONE_BY = FactColumn("done_by", label=_("Done by"), values=done_by, classname=MINOR)
FINISHED_BY = FactColumn("finished_by", label=_("Finished by"), values=finished_by, classname=MINOR)


class ArticleListing(ContentListing):
    model = ArticlePage
    name = "articles"
    icon = "doc-full"
    menu_label = _("Articles")
    columns = [
        *TITLE,
        MAKERS,
        Column("kind", label=_("Form"), accessor="get_form_display", classname=MINOR),
        DONE_BY,
        *STATE,
    ]


class ResourceListing(ContentListing):
    model = ResourcePage
    name = "resources"
    icon = "link-external"
    menu_label = _("Resources")
    columns = [*TITLE, Column("provider", label=_("Provider"), sort_key="provider", classname=MINOR), DONE_BY, *STATE]


class PathListing(ContentListing):
    model = LearningPathPage
    name = "learning-paths"
    icon = "list-ol"
    menu_label = _("Learning paths")
    columns = [*TITLE, FINISHED_BY, *STATE]
