"""One page's review date: still right, or another date."""

from __future__ import annotations

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
    known = PageReview.objects.select_related("reviewed_by").filter(page=page).first()
    if request.method == "POST" and "still_right" in request.POST:
        return _answer(request, still_right(page=page, person=request.user).review_by)
    form = ReviewForm(request.POST if request.method == "POST" else None, instance=known)
    if request.method == "POST" and form.is_valid():
        set_date(page=page, review_by=form.cleaned_data["review_by"], person=request.user)
        return _answer(request, form.cleaned_data["review_by"])
    context: dict[str, Any] = {
        "page": page,
        "review": known,
        "form": form,
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


def _answer(request: HttpRequest, review_by: Any) -> HttpResponse:
    if review_by:
        day = date_format(review_by, "DATE_FORMAT")
        messages.success(request, _("Thank you. It will be asked for again on %(day)s.") % {"day": day})
    else:
        messages.success(request, _("Thank you. It will not be asked for again."))
    return redirect("desk_reviews")
