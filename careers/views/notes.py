"""Writing, changing and deleting notes beside the page that they are about."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from careers.learning import noting, unnoting
from careers.learning.forms import NoteForm, TextForm
from careers.learning.notebook import notes_on
from careers.learning.passages import passages_of
from careers.models import Completion, Note
from careers.models.steps import MARKABLE_KINDS
from careers.views.personal import person_of, personal, personal_post, safe_next, storable, wants_fragment
from careers.views.seen import page_for
from home.models import ContentPage


@personal
@require_safe
def notes_fragment(request: HttpRequest, pk: int) -> HttpResponse:
    return render_notes(request, page_for(request, pk))


@personal_post
def write_note(request: HttpRequest, pk: int) -> HttpResponse:
    page = page_for(request, pk)
    form = NoteForm(request.POST, page=page, passages=passages_of(page.specific))
    if form.is_valid():
        try:
            noting.write_note(person=person_of(request), page=page, text=form.cleaned_data["text"], **form.place)
        except noting.TooManyNotes as refusal:
            form.add_error(None, str(refusal))
    if not form.is_valid():
        # Answered as found: what was typed must stay where it was typed.
        return render_notes(request, page, form) if wants_fragment(request) else render_mine(request, page, form, 422)
    return render_notes(request, page) if wants_fragment(request) else redirect(safe_next(request))


@personal
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the words of a note; its place stays."""
    own = own_note(request, pk)
    form = TextForm(request.POST or None, initial={"text": own.text})
    if request.method == "POST" and form.is_valid():
        noting.change_note(note=own, text=form.cleaned_data["text"])
        messages.success(request, _("Your note is changed."))
        return redirect(safe_next(request))
    status = 422 if form.is_bound else 200
    return render(request, "careers/learning/note.html", {"tab": "notes", "note": own, "form": form}, status=status)


@personal_post
def delete_note(request: HttpRequest, pk: int) -> HttpResponse:
    own = own_note(request, pk)
    unnoting.delete_note(note=own)
    if wants_fragment(request) and own.page_id:
        return render_notes(request, page_for(request, own.page_id), deleted=own)
    request.session["deleted_note"] = own.pk
    return redirect(safe_next(request))


@personal_post
def restore_note(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo a deletion, for a day."""
    deleted = Note.objects.of(person_of(request)).filter(deleted_at__gte=timezone.now() - unnoting.UNDO_WITHIN)
    own = get_object_or_404(deleted, pk=storable(pk))
    unnoting.restore_note(note=own)
    if wants_fragment(request) and own.page_id:
        return render_notes(request, page_for(request, own.page_id))
    return redirect(safe_next(request))


@personal
@require_safe
@login_required
def my_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One page as the person's own: its bookmark, whether it is done, and its notes, for browsers without scripts."""
    return render_mine(request, page_for(request, pk))


def render_mine(
    request: HttpRequest, page: ContentPage, form: NoteForm | None = None, status: int = 200
) -> HttpResponse:
    person = person_of(request)
    context: dict[str, Any] = {
        "tab": "notes",
        "kept": page.bookmarks.filter(person=person).exists(),
        "completion": Completion.objects.of(person).filter(page=page.pk).first(),
        "markable": page.kind in MARKABLE_KINDS,
    }
    context |= notes_context(request, page, form) | just_deleted(request)
    return render(request, "careers/learning/my_page.html", context, status=status)


def render_notes(
    request: HttpRequest, page: ContentPage, form: NoteForm | None = None, deleted: Note | None = None
) -> HttpResponse:
    context: dict[str, Any] = {"page": page}
    if request.user.is_authenticated:
        context = notes_context(request, page, form) | {"deleted": deleted}
    return render(request, "careers/fragments/notes.html", context)


def notes_context(request: HttpRequest, page: ContentPage, form: NoteForm | None) -> dict[str, Any]:
    form = form or NoteForm(page=page, passages=passages_of(page.specific))
    return {"page": page, "form": form, "placed": notes_on(person_of(request), page)}


def just_deleted(request: HttpRequest) -> dict[str, Any]:
    """The note that the last request deleted, to offer its return once."""
    if not (pk := request.session.pop("deleted_note", None)):
        return {}
    return {"deleted": Note.objects.of(person_of(request)).exclude(deleted_at=None).filter(pk=pk).first()}


def own_note(request: HttpRequest, pk: int) -> Note:
    """Another person's note is not found, as one that is not there."""
    return get_object_or_404(Note.objects.of(person_of(request)).kept().select_related("page"), pk=storable(pk))
