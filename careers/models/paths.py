"""Learning paths, and the page that lists them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Count, Q, QuerySet, Sum
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index

from careers.at_hand import load_areas, load_images
from careers.forms import LearningPathForm
from careers.panels import PathReviewPanel
from careers.paths.route import RouteStage, build_route
from careers.paths.walking import PREVIEW_MODES, walk
from careers.progress.measuring import measure_stages
from home.blocks.text import RICH_TEXT_FEATURES
from home.fragments import lazily
from home.models import BasePage, ContentKind, ContentPage, SiteIdentity

#: What the column of minutes holds on every database.
MOST_MINUTES = 32_767


class LearningPathsPage(BasePage):
    intro = models.TextField(
        _("introduction"), max_length=300, blank=True, help_text=_("One or two sentences above the paths.")
    )

    content_panels = [*Page.content_panels, FieldPanel("intro")]
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["careers.LearningPathPage"]
    max_count_per_parent = 1
    template = "careers/learning_paths_page.html"

    class Meta:
        verbose_name = _("learning paths")
        verbose_name_plural = _("learning paths")

    @property
    def share_description(self) -> str:
        return self.search_description or self.intro

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | lazily(lambda: {"items": list(self.paths())}, "items")

    def paths(self) -> QuerySet[LearningPathPage]:
        """The paths in the editor's order, each with its `step_count`."""
        live_steps = Count("stages__steps", filter=Q(stages__steps__page__live=True))
        rows = LearningPathPage.objects.child_of(self).visible().for_cards()
        return rows.annotate(step_count=live_steps).order_by("path")


class LearningPathPage(ContentPage):
    audience = models.CharField(
        _("for whom"), max_length=250, help_text=_("For example: analysts who want to lead an office")
    )
    outcomes = RichTextField(
        _("what you will be able to do"), features=["ul"], help_text=_("A list of three to five things.")
    )
    intro = RichTextField(
        _("introduction"),
        features=RICH_TEXT_FEATURES,
        blank=True,
        help_text=_("How to go about it, shown before the first stage."),
    )

    content_panels = [
        *ContentPage.content_panels,
        FieldPanel("audience"),
        FieldPanel("outcomes"),
        FieldPanel("intro"),
        PathReviewPanel(heading=_("What the path check says")),
        InlinePanel(
            "stages",
            heading=_("Stages"),
            label=_("Stage"),
            min_num=1,
            help_text=_("A stage is a group of steps, in the order in which they are best done."),
        ),
    ]
    search_fields = [*ContentPage.search_fields, index.SearchField("audience"), index.SearchField("outcomes")]
    base_form_class = LearningPathForm

    parent_page_types: ClassVar[list[str]] = ["careers.LearningPathsPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "careers/learning_path_page.html"
    kind_default: ClassVar[str] = ContentKind.PATH

    class Meta:
        verbose_name = _("learning path")
        verbose_name_plural = _("learning paths")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        in_preview = getattr(request, "is_preview", False)
        return context | lazily(lambda: self._at_hand(in_preview=in_preview), "stages", "minutes_total")

    @property
    def preview_modes(self) -> list[Any]:
        return PREVIEW_MODES

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        """Walk as a learner: the page as somebody sees it who is that far."""
        context: dict[str, Any] = super().get_preview_context(request, mode_name)
        if not mode_name:
            return context
        standing = walk(self, mode_name)
        return context | {"walking": standing, "stages": standing.progress.stages, "path": self}

    def _at_hand(self, *, in_preview: bool) -> dict[str, Any]:
        load_images(self)
        load_areas([self])
        minutes = self.count_minutes() if in_preview else self.minutes
        return {"stages": measure_stages(self.public_route(), ()), "minutes_total": minutes}

    def staged_steps(self) -> list[tuple[Any, list[Any]]]:
        """Stages with their steps: of the database, or of an unsaved preview."""
        stages = self.stages.all() if self.stages.is_deferring else self.stages.prefetch_related("steps")
        return [(stage, list(stage.steps.all())) for stage in stages]

    def public_route(self) -> list[RouteStage]:
        """What a visitor sees: only steps that anybody may open."""
        staged = self.staged_steps()
        ids = {step.page_id for _stage, steps in staged for step in steps if step.page_id}
        return build_route(staged, ContentPage.objects.visible().in_bulk(ids))

    def count_minutes(self) -> int:
        """The minutes of the required steps that anybody may open."""
        steps = [step for _stage, steps in self.staged_steps() for step in steps]
        required = {step.page_id for step in steps if step.required and step.page_id}
        found = ContentPage.objects.visible().filter(pk__in=required).aggregate(total=Sum("minutes"))
        return min(found["total"] or 0, MOST_MINUTES)

    def json_ld(self, request: HttpRequest) -> dict[str, Any]:
        workload = f"PT{self.minutes}M"
        return super().json_ld(request) | {
            "@type": "Course",
            "provider": {
                "@type": "Organization",
                "name": SiteIdentity.for_request(request).name,
                "url": request.build_absolute_uri("/"),
            },
            "audience": {"@type": "Audience", "audienceType": self.audience},
            "isAccessibleForFree": True,
            "timeRequired": workload,
            "hasCourseInstance": {"@type": "CourseInstance", "courseMode": "Online", "courseWorkload": workload},
        }
