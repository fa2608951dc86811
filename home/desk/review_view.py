"""One page's review date: still right, or another date."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.widgets import AdminDateInput

from home.desk.at_once import Meanwhile, read_so_far, seen_in
from home.desk.reviewing import set_date, still_right
from home.models import ContentPage, PageReview


class ReviewForm(forms.ModelForm):
    class Meta:
        model = PageReview
        fields = ["review_by"]
        widgets = {"review_by": AdminDateInput}


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, pk: int) -> HttpResponse:
    page = get_object_or_404(ContentPage.objects.select_related("owner"), pk=pk)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    seen = read_so_far(page)
    known = PageReview.objects.select_related("reviewed_by").filter(page=page).first()
    form = ReviewForm(request.POST if _sets_date(request) else None, instance=known)
    if request.method == "POST" and (not form.is_bound or form.is_valid()):
        try:
            return _answer(request, _change(request, page, form))
        except Meanwhile as meanwhile:
            messages.error(request, str(meanwhile))
            known = PageReview.objects.select_related("reviewed_by").get(page=page)
    context: dict[str, Any] = {
        "page": page,
        "review": known,
        "form": form,
        "seen": seen,
        "media": form.media,
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("desk_reviews"), "label": _("Review dates")},
            {"url": "", "label": page.title},
        ],
        "header_title": page.title,
        "header_icon": "history",
    }
    return render(request, "home/admin/review.html", context, status=422 if form.errors else 200)


def _sets_date(request: HttpRequest) -> bool:
    return request.method == "POST" and "still_right" not in request.POST


def _change(request: HttpRequest, page: ContentPage, form: ReviewForm) -> date | None:
    """Return by when somebody is to look again."""
    who: dict[str, Any] = {"page": page, "person": request.user, "seen": seen_in(request)}
    if not form.is_bound:
        return still_right(**who).review_by
    review_by: date | None = form.cleaned_data["review_by"]
    set_date(review_by=review_by, **who)
    return review_by


def _answer(request: HttpRequest, review_by: Any) -> HttpResponse:
    if review_by:
        day = date_format(review_by, "DATE_FORMAT")
        messages.success(request, _("Thank you. It will be asked for again on %(day)s.") % {"day": day})
    else:
        messages.success(request, _("Thank you. It will not be asked for again."))
    return redirect("desk_reviews")
