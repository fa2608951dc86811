"""Editing a path: the review beside the form, and the question before a change that people will notice is published."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.admin import messages
from wagtail.models import Page

from careers.models import LearningPathPage
from careers.paths.impact import impact_of
from careers.paths.linter import lint
from careers.paths.review import review
from careers.views.personal import number_in, storable


def edited_path(request: HttpRequest, pk: int) -> LearningPathPage:
    """Return the path if this editor may edit it; else raise PermissionDenied or Http404."""
    path = get_object_or_404(LearningPathPage, pk=storable(pk))
    if not path.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return path


@never_cache
@require_safe
def path_review(request: HttpRequest, pk: int) -> HttpResponse:
    """The linter's findings and the impact of the draft as it was last saved."""
    draft = edited_path(request, pk).get_latest_revision_as_object()
    return render(request, "careers/admin/path_review.html", {"review": review(draft), "edit_url": ""})


def ask_before_publishing(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Wagtail's hook: the draft is saved; whether it is published is asked where people will notice."""
    match = request.resolver_match
    if not isinstance(page, LearningPathPage) or not page.live or not match or match.url_name != "edit":
        return None
    impact = impact_of(page)
    if not impact.matters:
        return None
    context = {"page": page, "impact": impact, "findings": lint(page), "revision": page.latest_revision_id}
    context |= {"edit_url": reverse("wagtailadmin_pages:edit", args=[page.pk])}
    return render(request, "careers/admin/confirm_publish.html", context)


@never_cache
@require_POST
def publish_path(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish what the editor was asked about, unless somebody has saved another draft since."""
    path = edited_path(request, pk)
    if not path.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    revision = path.latest_revision
    if revision is None or revision.pk != number_in(request, "revision"):
        words = _("“%(title)s” was changed by somebody in the meantime. Look at the draft, then publish it.")
        messages.warning(request, words % {"title": path.title})
    else:
        PublishPageRevisionAction(revision, user=request.user, changed=True).execute()
        messages.success(request, _("Page '%(page_title)s' has been published.") % {"page_title": path.title})
    return redirect("wagtailadmin_pages:edit", pk)


def say_what_is_found(request: HttpRequest, page: Page) -> None:
    """Wagtail's hook after a page was saved: say how much the path check found."""
    by_itself = not request.accepts("text/html")
    if not isinstance(page, LearningPathPage) or by_itself:
        return
    if findings := lint(page):
        words = _("The path check has something to say about “%(title)s”: %(first)s")
        button = messages.button(f"{reverse('wagtailadmin_pages:edit', args=[page.pk])}#path-review", _("See it"))
        words %= {"title": page.title, "first": findings[0].sentence}
        messages.warning(request, words, buttons=[button])
