"""What the buttons of an edition's page do; each leads back to it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from digests.editions import actions
from digests.editions.actions import TooLate
from digests.models import Edition, EditionItem
from digests.views.edition_forms import AddForm, NoteForm
from digests.views.editions import APPROVE, CHANGE, EditionView
from home.desk.at_once import Meanwhile, seen_in

#: What may be done to an item.
ITEM_CHANGES: dict[str, Callable[..., None]] = {
    "pin": actions.pin,
    "unpin": partial(actions.pin, pinned=False),
    "leave-out": actions.leave_out,
    "take-back": actions.take_back,
}
View = Callable[..., HttpResponseBase]


def not_too_late(view: View) -> View:
    """Say so when the edition has gone in the meantime, or somebody else was quicker."""

    @wraps(view)
    def answer(request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, pk=pk, **kwargs)
        except (TooLate, Meanwhile) as reason:
            messages.error(request, str(reason))
            return back(pk)

    return answer


def seen_by(request: HttpRequest) -> dict[str, Any]:
    """Who asks, and how much of the edition's log they know."""
    return {"person": request.user, "seen": seen_in(request)}


def back(pk: int, anchor: str = "") -> HttpResponse:
    return redirect(reverse("editions:edit", args=[pk]) + (f"#{anchor}" if anchor else ""))


@method_decorator([require_POST, permission_required(CHANGE), not_too_late], name="dispatch")
class NoteView(EditionView):
    """Where it cannot be kept, the page comes again with what was written."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = NoteForm(request.POST, instance=get_object_or_404(Edition, pk=pk), for_user=request.user)
        if not _is_valid(form):
            messages.error(request, _("The note is too long, or is no text: nothing was kept."))
            return self.again(form, status=422) if form.errors else back(pk)
        try:
            actions.write_note(edition=self.edition, note=form.cleaned_data["note"], **seen_by(request))
        except Meanwhile as meanwhile:
            self.edition.refresh_from_db(fields=["note"])
            return self.again(form, status=409, their_note=self.edition.note, meanwhile=meanwhile)
        messages.success(request, _("The note is kept."))
        return back(pk)

    def again(self, form: NoteForm, *, status: int, **why: Any) -> HttpResponse:
        return self.render_to_response({**self.get_context_data(), "note_form": form, **why}, status=status)


def _is_valid(form: NoteForm) -> bool:
    """Wagtail's editor does not expect anything but what it has written itself."""
    try:
        return form.is_valid()
    except ValueError:
        return False


@require_POST
@permission_required(APPROVE)
@not_too_late
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    actions.approve(edition=get_object_or_404(Edition, pk=pk), **seen_by(request))
    messages.success(request, _("Approved as it is now. Any change asks for a new approval."))
    return back(pk)


@require_POST
@permission_required(CHANGE)
@not_too_late
def change_item(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    found = get_object_or_404(EditionItem, pk=item, edition=pk)
    change = ITEM_CHANGES.get(request.POST.get("change", ""))
    if change is None:
        messages.error(request, _("That is nothing that can be done to an item."))
    else:
        change(item=found, **seen_by(request))
    return back(pk, f"item_{found.pk}")


@require_POST
@permission_required(CHANGE)
def move(request: HttpRequest, pk: int, seen: int) -> HttpResponse:
    """Wagtail's orderable lists ask for it: the item, and its place counted from 0.

    They say nothing of a refusal: `desk.js` loads the page again, and the reason stands there.
    """
    item = get_object_or_404(EditionItem, pk=pk)
    place = request.GET.get("position", "")
    if not place.isascii() or not place.isdigit() or len(place) > 4:
        return JsonResponse({"success": False}, status=400)
    try:
        actions.move(item=item, to=int(place), person=request.user, seen=seen)
    except (TooLate, Meanwhile) as reason:
        messages.error(request, str(reason))
        return JsonResponse({"success": False}, status=409)
    return JsonResponse({"success": True})


@require_POST
@permission_required(CHANGE)
@not_too_late
def add(request: HttpRequest, pk: int) -> HttpResponse:
    form = AddForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose an article, a resource, a path, a masterclass or a part of one."))
        return back(pk)
    edition = get_object_or_404(Edition, pk=pk)
    item = actions.add(edition=edition, page=form.cleaned_data["page"], **seen_by(request))
    messages.success(request, _("“%s” is pinned.") % item.page.title)
    return back(pk, f"item_{item.pk}")
