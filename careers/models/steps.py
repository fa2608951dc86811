"""Stages of a learning path and their steps, each a page that a practitioner can complete."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.forms import HiddenInput
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, PageChooserPanel
from wagtail.models import Orderable

from careers.widgets import StagesAbove
from home.models import ContentKind

#: Page types that a practitioner can complete; strings, because some live on upper floors.
COMPLETABLE = (
    "careers.ArticlePage",
    "careers.ResourcePage",
    "masterclasses.PartPage",
    "masterclasses.MasterclassPage",
)
COMPLETABLE_KINDS = tuple(kind for kind in ContentKind if kind != ContentKind.PATH)
#: What a person may mark as done themselves; a masterclass is done when its parts are.
MARKABLE_KINDS = tuple(kind for kind in COMPLETABLE_KINDS if kind != ContentKind.MASTERCLASS)


STAGE_KEY = re.compile(r"[0-9a-f]{32}")


def new_stage_key() -> str:
    return uuid4().hex


class PathStage(Orderable, ClusterableModel):
    """A group of steps. `after` holds the keys of stages that come first: a key, unlike a number or an id, is the
    same in every draft, before the stage is saved, and wherever the stage is moved."""

    class Gate(models.TextChoices):
        ADVICE = "advice", _("Advice: readers are told what is best done first")
        LOCK = "lock", _("Lock: the stage opens when those stages are done")

    path = ParentalKey("careers.LearningPathPage", on_delete=models.CASCADE, related_name="stages")
    title = models.CharField(_("title"), max_length=120, help_text=_("For example: See the ground"))
    intro = models.TextField(
        _("introduction"), max_length=400, blank=True, help_text=_("What this stage is for, in a sentence or two.")
    )

    key = models.CharField(max_length=32, default=new_stage_key, blank=True)
    after = models.JSONField(
        _("what comes first"),
        default=list,
        blank=True,
        help_text=_("Stages above this one that are best done before it."),
    )
    gate = models.CharField(_("how strictly"), max_length=10, choices=Gate.choices, default=Gate.ADVICE)

    panels = [
        FieldPanel("title"),
        FieldPanel("intro"),
        FieldPanel("key", widget=HiddenInput, classname="w-hidden"),
        FieldPanel("after", widget=StagesAbove),
        FieldPanel("gate"),
        InlinePanel("steps", heading=_("Steps"), label=_("Step"), min_num=1),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("stage")
        verbose_name_plural = _("stages")
        #: The condition keeps it from the form, which gives new stages their keys after Django would compare them.
        constraints = (models.UniqueConstraint(fields=("path", "key"), condition=~Q(key=""), name="one_stage_per_key"),)

    def __str__(self) -> str:
        return self.title

    new_key = staticmethod(new_stage_key)

    def clean(self) -> None:
        """Keep what names a stage; a stage whose key the editor's browser did not make gets one here."""
        self.key = self.key if STAGE_KEY.fullmatch(self.key or "") else new_stage_key()
        named = self.after if isinstance(self.after, list) else []
        self.after = [key for key in named if isinstance(key, str) and STAGE_KEY.fullmatch(key)]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = self.key or new_stage_key()
        super().save(*args, **kwargs)


class PathStep(Orderable):
    stage = ParentalKey(PathStage, on_delete=models.CASCADE, related_name="steps")
    page = models.ForeignKey(
        "home.ContentPage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="path_steps",
        verbose_name=_("page"),
    )
    #: What the page was called, and when it was deleted: a step outlives its page until an editor decides.
    page_title = models.CharField(max_length=255, blank=True, editable=False)
    page_deleted_at = models.DateTimeField(null=True, blank=True, editable=False)
    note = models.CharField(_("note"), max_length=300, blank=True, help_text=_("Why this, and why now."))
    required = models.BooleanField(
        _("required"), default=True, help_text=_("Optional steps do not count towards completion.")
    )

    panels = [
        PageChooserPanel("page", page_type=list(COMPLETABLE)),
        FieldPanel("note"),
        FieldPanel("required"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("step")
        verbose_name_plural = _("steps")

    def __str__(self) -> str:
        return str(self.page or self.page_title)

    def clean(self) -> None:
        if not self.page_id and not self.page_title:
            raise ValidationError({"page": _("Choose a page, or remove this step.")})
        self.remember_page()
        if self.page and self.page.specific_class and self.page.specific_class._meta.label not in COMPLETABLE:
            message = _("“%(title)s” cannot be a step: choose an article, a resource, a masterclass or a part of one.")
            raise ValidationError({"page": ValidationError(message, params={"title": self.page.title})})

    def remember_page(self) -> None:
        if self.page is not None:
            self.page_title, self.page_deleted_at = self.page.title[:255], None

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A draft that is older than the deletion of its page does not make it forgotten."""
        self.remember_page()
        if not self.page_id and not self.page_deleted_at:
            stored = type(self).objects.filter(pk=self.pk).values_list("page_deleted_at", flat=True).first()
            self.page_deleted_at = stored or timezone.now()
        super().save(*args, **kwargs)
