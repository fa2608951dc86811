"""What pages ask of the person at the desk: reviews, their own drafts, and what is with somebody else."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.permission_policies.pages import PagePermissionPolicy

from home.desk.needs import SHOWN, Line, Need
from home.desk.times import ago


def edit_address(page_id: Any) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page_id])


EDITING = {"add", "change", "publish"}


def may_edit_some_page(person: Any) -> bool:
    return bool(PagePermissionPolicy().user_has_any_permission(person, EDITING))


def require_editing(person: Any) -> None:
    """Raise PermissionDenied for those who may change no page at all."""
    if not may_edit_some_page(person):
        raise PermissionDenied


def editable_by(person: Any) -> QuerySet[Page]:
    """The pages that the person may change in some way, as a condition that needs no join."""
    pages: QuerySet[Page] = PagePermissionPolicy().instances_user_has_any_permission_for(person, EDITING)
    return pages


def reviews(person: Any) -> Need:
    """What the person can approve or send back."""
    waiting = TaskState.objects.reviewable_by(person).filter(workflow_state__base_content_type=_page_type())
    rows = waiting.select_related("workflow_state", "workflow_state__requested_by", "task").order_by("started_at")
    states = list(rows[:SHOWN])
    pages = Page.objects.in_bulk([int(state.workflow_state.object_id) for state in states])
    lines = [
        Line(
            title=page.get_admin_display_title(),
            words=_("Sent by %(person)s %(when)s: %(task)s.")
            % {
                "person": state.workflow_state.requested_by or _("somebody"),
                "when": ago(state.started_at),
                "task": state.task.name,
            },
            address=edit_address(page.pk),
            action=_("Review"),
            urgent=True,
        )
        for state in states
        if (page := pages.get(int(state.workflow_state.object_id)))
    ]
    return Need(_("Waiting for your review"), lines, icon="tasks", total=_total(waiting, states))


def in_review(person: Any) -> Need:
    """What the person sent for review; what came back asks for something."""
    mine = WorkflowState.objects.active().filter(base_content_type=_page_type(), requested_by=person)
    rows = mine.select_related("current_task_state__task").order_by("-created_at")
    states = list(rows[:SHOWN])
    pages = Page.objects.in_bulk([int(state.object_id) for state in states])
    lines = [_sent(state, pages[int(state.object_id)]) for state in states if int(state.object_id) in pages]
    back = any(line.urgent for line in lines)
    return Need(_("Sent for review"), lines, icon="resubmit", total=_total(mine, states), asks=back)


def drafts(person: Any) -> Need:
    """What the person changed last and nobody has published, sent on or given a date."""
    under_way = WorkflowState.objects.active().filter(
        base_content_type=_page_type(), object_id=Cast(OuterRef("pk"), CharField())
    )
    mine = Page.objects.filter(
        ~Q(Exists(under_way)),
        pk__in=editable_by(person).order_by().values("pk"),
        has_unpublished_changes=True,
        latest_revision__user=person,
        latest_revision__approved_go_live_at=None,
        alias_of=None,
    ).order_by("-latest_revision_created_at")
    pages = list(mine[:SHOWN])
    lines = [
        Line(
            title=page.get_admin_display_title(),
            words=(
                _("Changed %(when)s; readers still see the earlier version.")
                if page.live
                else _("Changed %(when)s; not published.")
            )
            % {"when": ago(page.latest_revision_created_at)},
            address=edit_address(page.pk),
            action=_("Go on"),
        )
        for page in pages
    ]
    return Need(_("Your drafts"), lines, icon="draft", total=_total(mine, pages))


def _sent(state: WorkflowState, page: Page) -> Line:
    came_back = state.status == WorkflowState.STATUS_NEEDS_CHANGES
    task = state.current_task_state.task.name if state.current_task_state else ""
    words = _("Changes were asked for at “%(task)s”.") if came_back else _("With “%(task)s” since %(when)s.")
    return Line(
        title=page.get_admin_display_title(),
        words=words % {"task": task, "when": ago(state.created_at)},
        address=edit_address(page.pk),
        action=_("Change it") if came_back else "",
        urgent=came_back,
    )


def _total(rows: QuerySet[Any], shown: list[Any]) -> int:
    """Counted only when there may be more than is shown; with one query more, then and not per row."""
    return len(shown) if len(shown) < SHOWN else rows.count()


def _page_type() -> ContentType:
    return ContentType.objects.get_for_model(Page)
