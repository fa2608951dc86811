"""What the buttons of an edition's page do; each leads back to it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from digests.editions import actions
from digests.editions.actions import TooLate
from digests.models import Edition, EditionItem
from digests.views.edition_forms import AddForm, NoteForm
from digests.views.editions import APPROVE, CHANGE

#: What may be done to an item: the action, and what is said of it.
ITEM_CHANGES: dict[str, Callable[[EditionItem], None]] = {
    "pin": lambda item: actions.pin(item=item),
    "unpin": lambda item: actions.pin(item=item, pinned=False),
    "leave-out": lambda item: actions.leave_out(item=item),
    "take-back": lambda item: actions.take_back(item=item),
}
View = Callable[..., HttpResponseBase]


def not_too_late(view: View) -> View:
    """Say so when the edition has gone in the meantime."""

    @wraps(view)
    def answer(request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, pk, **kwargs)
        except TooLate as too_late:
            messages.error(request, str(too_late))
            return back(pk)

    return answer


def back(pk: int, anchor: str = "") -> HttpResponse:
    return redirect(reverse("editions:edit", args=[pk]) + (f"#{anchor}" if anchor else ""))


@require_POST
@permission_required(CHANGE)
@not_too_late
def note(request: HttpRequest, pk: int) -> HttpResponse:
    edition = get_object_or_404(Edition, pk=pk)
    form = NoteForm(request.POST, instance=edition, for_user=request.user)
    if _is_valid(form):
        actions.write_note(edition=edition, note=form.cleaned_data["note"])
        messages.success(request, _("The note is kept."))
    else:
        messages.error(request, _("The note is too long, or is no text: nothing was kept."))
    return back(pk)


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
    actions.approve(edition=get_object_or_404(Edition, pk=pk), person=request.user)
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
        change(found)
    return back(pk, f"item_{found.pk}")


@require_POST
@permission_required(CHANGE)
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Wagtail's orderable lists ask for it: the item, and its place counted from 0."""
    item = get_object_or_404(EditionItem, pk=pk)
    place = request.GET.get("position", "")
    if not place.isascii() or not place.isdigit() or len(place) > 4:
        return JsonResponse({"success": False}, status=400)
    try:
        actions.move(item=item, to=int(place))
    except TooLate:
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
    item = actions.add(edition=get_object_or_404(Edition, pk=pk), page=form.cleaned_data["page"])
    messages.success(request, _("“%s” is pinned.") % item.page.title)
    return back(pk, f"item_{item.pk}")
