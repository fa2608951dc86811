"""What readers said, newest first, for editors; and one answer of theirs, to reply to and to close."""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.admin.auth import permission_required
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView

from careers.feedback import answer_feedback, reopen_feedback, resolve_feedback
from careers.forms import AnswerForm
from careers.models import Feedback
from careers.views.personal import person_of, storable
from home.models import Area, ContentPage

OPEN, RESOLVED = "open", "resolved"


class FeedbackFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"),
        choices=[(OPEN, gettext_lazy("Open")), (RESOLVED, gettext_lazy("Resolved"))],
        method="in_state",
    )
    area = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Area"), field_name="page__areas", queryset=Area.objects.all()
    )
    page = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Page"),
        queryset=lambda _request: ContentPage.objects.filter(feedback__isnull=False).distinct().order_by("title"),
    )

    class Meta:
        model = Feedback
        fields: ClassVar[list[str]] = ["helpful"]

    def in_state(self, rows: QuerySet[Feedback], _name: str, state: str) -> QuerySet[Feedback]:
        return rows.filter(resolved_at__isnull=state == OPEN)


class FeedbackReport(ReportView):
    model = Feedback
    permission_required = "view"
    page_title = gettext_lazy("Was this helpful?")
    header_icon = "help"
    filterset_class = FeedbackFilterSet
    index_url_name = "careers_feedback_report"
    index_results_url_name = "careers_feedback_report_results"
    default_ordering = ("-created_at", "-pk")
    is_searchable = False
    columns: ClassVar[list[Column]] = [
        TitleColumn(
            "page",
            label=gettext_lazy("Page"),
            accessor="page.title",
            get_url=lambda row: reverse("careers_feedback", args=[row.pk]),
        ),
        BooleanColumn("helpful", label=gettext_lazy("Helpful")),
        Column("sentence", label=gettext_lazy("In their words"), classname="desk-words"),
        Column("on_this_page", label=gettext_lazy("Helpful on this page"), accessor=lambda row: helpful_of(row)),
        Column("person", label=gettext_lazy("Who"), accessor=lambda row: row.person or _("Without an account")),
        Column("state", label=gettext_lazy("State"), accessor=lambda row: state_of(row)),
        DateColumn("created_at", label=gettext_lazy("When"), sort_key="created_at"),
    ]
    list_export: ClassVar[list[str]] = [
        "page.title",
        "helpful",
        "sentence",
        "created_at",
        "answer",
        "answered_at",
        "resolved_at",
    ]
    export_headings: ClassVar[dict[str, Any]] = {"page.title": gettext_lazy("Page")}

    def get_base_queryset(self) -> QuerySet[Feedback]:
        same = Feedback.objects.filter(page=OuterRef("page")).order_by().values("page")
        helped = same.annotate(count=Count("pk", filter=Q(helpful=True))).values("count")
        given = same.annotate(count=Count("pk")).values("count")
        rows = Feedback.objects.select_related("page", "person")
        return rows.annotate(
            page_helpful=Subquery(helped, output_field=IntegerField()),
            page_answers=Subquery(given, output_field=IntegerField()),
        )

    def get_filename(self) -> str:
        return "was-this-helpful"


def helpful_of(row: Any) -> str:
    return _("%(helpful)d of %(all)d") % {"helpful": row.page_helpful, "all": row.page_answers}


def state_of(row: Feedback) -> str:
    if not row.is_open:
        return _("Resolved")
    return _("Answered") if row.answer else _("Open")


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("careers.view_feedback")
def one_feedback(request: HttpRequest, pk: int) -> HttpResponse:
    """What one reader said, and the place to answer it."""
    feedback = _feedback(pk)
    form = AnswerForm(request.POST if request.method == "POST" else None, initial={"answer": feedback.answer})
    if request.method == "POST":
        if not request.user.has_perm("careers.change_feedback"):
            raise PermissionDenied
        if form.is_valid():
            answer_feedback(feedback=feedback, answer=form.cleaned_data["answer"], editor=person_of(request))
            messages.success(request, _("Your answer is stored."))
            return redirect("careers_feedback", feedback.pk)
    context = {
        "feedback": feedback,
        "form": form,
        "may_change": request.user.has_perm("careers.change_feedback"),
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("careers_feedback_report"), "label": _("Was this helpful?")},
            {"url": "", "label": feedback.page.title},
        ],
        "header_title": feedback.page.title,
        "header_icon": "help",
    }
    return render(request, "careers/admin/feedback.html", context, status=422 if form.errors else 200)


@require_POST
@permission_required("careers.change_feedback")
def resolve(request: HttpRequest, pk: int) -> HttpResponse:
    if resolve_feedback(feedback=_feedback(pk), editor=person_of(request)):
        messages.success(request, _("It is resolved."))
    return redirect("careers_feedback", pk)


@require_POST
@permission_required("careers.change_feedback")
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    if reopen_feedback(feedback=_feedback(pk), editor=person_of(request)):
        messages.success(request, _("It is open again."))
    return redirect("careers_feedback", pk)


def _feedback(pk: int) -> Feedback:
    rows = Feedback.objects.select_related("page", "person", "answered_by", "resolved_by")
    return get_object_or_404(rows, pk=storable(pk))
