"""Keeps true what follows from pages when one of them changes: minutes of paths, and who has completed what."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save, pre_delete
from django.utils import timezone
from wagtail.models import PageViewRestriction
from wagtail.signals import page_published

from careers.actions import refresh_paths
from careers.models import LearningPathPage, PathStep
from careers.progress.asking import ask_of_page
from home.models import ContentPage


def connect() -> None:
    post_save.connect(content_saved, dispatch_uid="careers.content_saved")
    post_delete.connect(step_deleted, sender=PathStep, dispatch_uid="careers.step_deleted")
    pre_delete.connect(page_goes, sender=ContentPage, dispatch_uid="careers.page_goes")
    post_delete.connect(page_gone, sender=ContentPage, dispatch_uid="careers.page_gone")
    page_published.connect(path_published, sender=LearningPathPage, dispatch_uid="careers.path_published")
    page_published.connect(completable_published, dispatch_uid="careers.completable_published")
    for signal in (post_save, post_delete):
        signal.connect(restriction_changed, sender=PageViewRestriction, dispatch_uid="careers.restriction_changed")


def content_saved(instance: Any, raw: bool, **_signal: Any) -> None:
    """Publishing, unpublishing and plain saving of a page all end in a save."""
    if raw or not isinstance(instance, ContentPage):
        return
    if isinstance(instance, LearningPathPage):
        refresh_paths(path_ids={instance.pk})
    elif path_ids := set(PathStep.objects.order_by().filter(page=instance.pk).values_list("stage__path", flat=True)):
        refresh_paths(path_ids=path_ids)


def path_published(instance: LearningPathPage, **_signal: Any) -> None:
    """Only now are the stages and steps of the new version stored: a page is saved before its children are."""
    refresh_paths(path_ids={instance.pk})


def completable_published(instance: Any, **_signal: Any) -> None:
    """An article that became shorter, a part whose credits begin earlier: some have done enough of it by now."""
    if isinstance(instance, ContentPage):
        ask_of_page(instance)


def page_goes(instance: ContentPage, **_signal: Any) -> None:
    """The steps of a page that is deleted stay, with its title, until an editor decides what comes of them."""
    steps = PathStep.objects.order_by().filter(page=instance.pk)
    instance.paths_it_leaves = set(steps.values_list("stage__path", flat=True))
    if instance.paths_it_leaves:
        steps.update(page_title=instance.title, page_deleted_at=timezone.now())


def page_gone(instance: ContentPage, **_signal: Any) -> None:
    if path_ids := getattr(instance, "paths_it_leaves", None):
        refresh_paths(path_ids=path_ids, deleting=True)


def step_deleted(instance: PathStep, **_signal: Any) -> None:
    paths = LearningPathPage.objects.filter(stages=instance.stage_id)
    if path_ids := set(paths.values_list("pk", flat=True)):
        refresh_paths(path_ids=path_ids, deleting=True)


def restriction_changed(signal: Any, **_signal: Any) -> None:
    """Privacy covers whole branches of the page tree, so that any path may have gained or lost a step."""
    every_path = set(LearningPathPage.objects.values_list("pk", flat=True))
    refresh_paths(path_ids=every_path, deleting=signal is post_delete)
